import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/graphiql/operations.js';
import { type Answer, type Api, createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';

const VIEWER = '{ viewer { name role } }';
const CREATE_MODEL = 'mutation { createModel(input: { name: "m" }) { name } }';
const JSON_TYPE = { 'content-type': 'application/json' };

let server: TestServer;
let admin: Api;
const send = (init: RequestInit, path = '/graphql'): Promise<Response> => fetch(`${server.url}${path}`, init);
const post = (body: string, headers: Record<string, string> = JSON_TYPE): Promise<Response> => send({ method: 'POST', body, headers });
const answerOf = async (response: Response): Promise<Answer> => (await response.json()) as Answer;
const code = async (response: Response): Promise<string | undefined> => (await answerOf(response)).errors?.[0]?.extensions.code;

async function secretOf(input: string): Promise<{ id: string; secret: string }> {
  return (await admin.query(`mutation { createToken(input: { ${input} }) { id secret } }`)).createToken;
}

beforeAll(async () => {
  server = await startTestServer({ JUARA_MAX_BODY_BYTES: '20000' });
  admin = createApi(server.url, server.token);
});
afterAll(() => server?.stop());

describe('who may', () => {
  test('anonymous on loopback reads and changes nothing', async () => {
    const anonymous = createApi(server.url, null);
    expect(await anonymous.query(VIEWER)).toEqual({ viewer: { name: 'anonymous', role: 'VIEWER' } });
    expect(await anonymous.refusal(CREATE_MODEL)).toBe('FORBIDDEN');
  });

  test('the token of the first start is ADMIN', async () => {
    expect((await admin.query(VIEWER)).viewer.role).toBe('ADMIN');
  });

  test.each(['Bearer juara_unknown', 'Bearer', 'Basic dTpw', 'Bearer a b', `Bearer ${'x'.repeat(5000)}`])(
    'the header %j is 401 and never falls back to anonymous',
    async (authorization) => {
      const response = await post(JSON.stringify({ query: VIEWER }), { ...JSON_TYPE, authorization });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await code(response)).toBe('UNAUTHENTICATED');
    },
  );

  test('a revoked token is refused from then on', async () => {
    const { id, secret } = await secretOf('name: "short", role: OPERATOR');
    const api = createApi(server.url, secret);
    expect((await api.query(VIEWER)).viewer).toEqual({ name: 'short', role: 'OPERATOR' });
    await admin.query('mutation ($id: ID!) { revokeToken(id: $id) }', { id });
    const { errors } = await api.send(VIEWER);
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('revoked'), extensions: { code: 'UNAUTHENTICATED' } });
  });

  test('an expired token is refused', async () => {
    const expiresAt = new Date(Date.now() + 1500);
    const { secret } = await secretOf(`name: "brief", role: VIEWER, expiresAt: "${expiresAt.toISOString()}"`);
    const api = createApi(server.url, secret);
    await expect.poll(async () => (await api.send(VIEWER)).errors?.[0]?.message, { timeout: 10_000 }).toMatch(/expired at/);
  });

  test('elsewhere than on loopback, and behind a proxy, anonymous is nobody', async () => {
    const proxied = await startTestServer({ JUARA_BEHIND_PROXY: 'true' });
    expect(await createApi(proxied.url, null).refusal(VIEWER)).toBe('UNAUTHENTICATED');
    expect((await fetch(`${proxied.url}/artifacts/${'0'.repeat(64)}`)).status).toBe(401);
    expect((await createApi(proxied.url, proxied.token).query(VIEWER)).viewer.role).toBe('ADMIN');
    await proxied.stop();
  });
});

describe('GraphQL over HTTP', () => {
  const query = (text: string): string => `/graphql?query=${encodeURIComponent(text)}`;
  const preflighted = { headers: { 'apollo-require-preflight': 'true' } };

  test('GET answers a query and refuses a mutation', async () => {
    const read = await send(preflighted, query(VIEWER));
    expect(read.status).toBe(200);
    expect((await answerOf(read)).data.viewer.name).toBe('anonymous');
    const headers = { ...preflighted.headers, authorization: `Bearer ${server.token}` };
    const changed = await send({ headers }, query(CREATE_MODEL));
    expect(changed.status).toBe(405);
    expect((await admin.query('{ registrySummary { models } }')).registrySummary.models).toBe(0);
  });

  test('what a foreign page could send without asking is refused (CSRF)', async () => {
    expect((await send({}, query(VIEWER))).status).toBe(400);
    const body = JSON.stringify({ query: VIEWER });
    expect((await post(body, { 'content-type': 'text/plain' })).status).toBe(400);
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const response = await post(body, { 'content-type': type });
      expect(response.status).toBe(415);
      expect(await code(response)).toBe('UNSUPPORTED_MEDIA_TYPE');
    }
  });

  test('a batch is refused', async () => {
    expect((await post(JSON.stringify([{ query: VIEWER }, { query: VIEWER }]))).status).toBe(400);
  });

  test('malformed requests are told so in the shape of GraphQL', async () => {
    const broken = await post('{"query":');
    expect(broken.status).toBe(400);
    expect(await code(broken)).toBe('BAD_REQUEST');
    const syntax = await post(JSON.stringify({ query: '{ viewer {' }));
    expect(syntax.status).toBe(400);
    expect(await code(syntax)).toBe('GRAPHQL_PARSE_FAILED');
    expect(await code(await post(JSON.stringify({ query: '{ nothing }' })))).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('too large a body is 413 and names the limit', async () => {
    const response = await post(JSON.stringify({ query: VIEWER, variables: { filler: 'x'.repeat(20_000) } }));
    expect(response.status).toBe(413);
    const { errors } = await answerOf(response);
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('20000'), extensions: { code: 'PAYLOAD_TOO_LARGE' } });
  });

  test('a document of too many tokens is not parsed to its end', async () => {
    const large = await startTestServer();
    const text = `{ ${'a:__typename '.repeat(10_000)} }`;
    expect(await createApi(large.url, null).refusal(text)).toBe('GRAPHQL_PARSE_FAILED');
    await large.stop();
  });

  test('a page whose name resolves to this machine is told that it is not (DNS rebinding)', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const req = request(`${server.url}/health`, { headers: { host: 'evil.example:4000' } }, (res) => resolve(res.resume().statusCode));
      req.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});

describe('other addresses', () => {
  test('health', async () => {
    for (const path of ['/health', '/health/ready']) {
      const response = await send({}, path);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ status: 'ok', damagedArtifacts: 0 });
    }
  });

  test.each([
    '/nothing',
    '/artifacts',
    '/artifacts/a/b',
    '/graphiql-assets/assets/nothing.js',
    '/graphiql-assets/assets/..%2findex.html',
    '/%',
  ])('%s is refused as JSON', async (path) => {
    const response = await send({}, path);
    expect(response.status).toBe(path === '/%' ? 400 : 404);
    expect(await response.json()).toEqual({ code: expect.stringMatching(/NOT_FOUND|BAD_REQUEST/), message: expect.any(String) });
  });
});

describe('the pages', () => {
  const html = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

  test.each([
    ['/', 'dashboard'],
    ['/?token=juara_x', 'dashboard'],
    ['/graphql', 'graphiql'],
  ])('are served at %s with everything that they name, from this server alone', async (path, name) => {
    const response = await send(html, path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    const page = await response.text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((m) => m[1] as string);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(file).toMatch(new RegExp(`^/${name}-assets/assets/[\\w.-]+$`));
      const asset = await send({ headers: { 'accept-encoding': 'identity' } }, file);
      expect(asset.status).toBe(200);
      expect(asset.headers.get('content-type')).toMatch(/javascript|css|svg/);
      const packed = await send({ headers: { 'accept-encoding': 'br, gzip' } }, file);
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(await packed.text()).toBe(await asset.text());
    }
  });

  test('the operations of GraphiQL are valid', async () => {
    for (const { query } of OPERATIONS) {
      const [first] = parse(query).definitions;
      const operationName = first?.kind === 'OperationDefinition' ? first.name?.value : undefined;
      const body = JSON.stringify({ query, operationName, variables: { model: 'none', version: '1.0.0' } });
      const answer = await answerOf(await post(body));
      // A subscription has to be asked for on the WebSocket, which Apollo says only once the document is valid.
      const codes = (answer.errors ?? []).map((e) => e.extensions.code);
      expect(codes).not.toContain('GRAPHQL_VALIDATION_FAILED');
      expect(codes).not.toContain('GRAPHQL_PARSE_FAILED');
    }
  });

  test('in production there is no GraphiQL and no introspection', async () => {
    const production = await startTestServer({ JUARA_ENV: 'production' });
    expect((await fetch(production.url, html)).status).toBe(200);
    expect((await fetch(`${production.url}/graphql`, html)).status).toBe(404);
    const api = createApi(production.url, production.token);
    expect(await api.refusal('{ __schema { types { name } } }')).toBe('GRAPHQL_VALIDATION_FAILED');
    const { errors } = await api.send('{ viewe { name } }');
    expect(errors?.[0]?.message).toBe('Cannot query field "viewe" on type "Query".');
    await production.stop();
  });
});
