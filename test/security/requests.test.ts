import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, createApi } from '../support/api.js';
import { type Asking, askOverHttp, askOverSocket } from '../support/asked.js';
import { startTestServer, type TestServer } from '../support/server.js';

const VIEWER = '{ viewer { role } }';
const CREATE = 'mutation { createModel(input: { name: "sneaked" }) { name } }';
const JSON_TYPE = { 'content-type': 'application/json' };
const MAX_BODY = 100_000;

let server: TestServer;
let transports: readonly Asking[];

beforeAll(async () => {
  server = await startTestServer({ JUARA_ENV: 'production', JUARA_MAX_BODY_BYTES: String(MAX_BODY) });
  transports = [askOverHttp(server, server.token), await askOverSocket(server, server.token)];
});
afterAll(async () => {
  for (const { close } of transports ?? []) close();
  await server?.stop();
});
afterEach(async () => {
  for (const { ask } of transports) expect((await ask(VIEWER)).data).toEqual({ viewer: { role: 'ADMIN' } });
  const models = (await createApi(server.url, server.token).query('{ registrySummary { models } }')).registrySummary.models;
  expect(models, 'a refused request has changed something').toBe(0);
});

interface Got {
  readonly status: number;
  readonly type: string;
  readonly code: string | undefined;
  readonly text: string;
}

/** As ADMIN, so that only the transport can refuse. */
async function got(init: RequestInit & { readonly headers: Record<string, string> }, search = ''): Promise<Got> {
  const headers = { ...init.headers, authorization: `Bearer ${server.token}` };
  const response = await fetch(`${server.url}/graphql${search}`, { method: 'POST', ...init, headers });
  const text = await response.text();
  const code = text === '' ? undefined : (JSON.parse(text) as Answer).errors?.[0]?.extensions.code;
  return { status: response.status, type: response.headers.get('content-type') ?? '', code, text };
}

const body = (query: string): string => JSON.stringify({ query });

describe('what a foreign page can send without asking first (CSRF)', () => {
  test.each([
    ['text/plain', 400],
    ['text/plain; application/json', 400],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['', 415],
  ])('a mutation as %j is refused', async (type, status) => {
    // Bytes, because fetch gives a string a content type of its own.
    const answer = await got({ body: Buffer.from(body(CREATE)), headers: type === '' ? {} : { 'content-type': type } });
    expect(answer.status).toBe(status);
    expect(answer.type).toMatch(/^application\/json/);
  });

  test('a form whose fields make a mutation is refused', async () => {
    const answer = await got({
      body: new URLSearchParams({ query: CREATE }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('a GET without a header that takes a preflight is refused, query or mutation', async () => {
    for (const query of [VIEWER, CREATE]) {
      const answer = await got({ method: 'GET', headers: {} }, `?query=${encodeURIComponent(query)}`);
      expect(answer).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    }
  });
});

describe('methods', () => {
  const preflight = { 'apollo-require-preflight': 'true' };
  test.each([CREATE, 'subscription { promotions { seq } }', `query A ${VIEWER} ${CREATE.replace('mutation', 'mutation B')}`])(
    'a GET executes queries only: %s',
    async (query) => {
      const answer = await got({ method: 'GET', headers: preflight }, `?operationName=B&query=${encodeURIComponent(query)}`);
      expect([400, 405]).toContain(answer.status);
    },
  );

  test('a GET of a mutation is 405 and names what is allowed', async () => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(CREATE)}`, {
      headers: { ...preflight, authorization: `Bearer ${server.token}` },
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('POST');
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is 405', async (method) => {
    expect((await got({ method, body: body(CREATE), headers: JSON_TYPE })).status).toBe(405);
  });

  test('a subscription by POST is refused, and is no fault of the server', async () => {
    const answer = await got({ body: body('subscription { promotions { seq } }'), headers: JSON_TYPE });
    expect(answer).toMatchObject({ status: 400, code: 'BAD_REQUEST', text: expect.stringContaining('WebSocket') });
  });

  test.each([1, 2, 100])('a batch of %d is refused whole', async (count) => {
    const batch = JSON.stringify(Array.from({ length: count }, () => ({ query: CREATE })));
    expect(await got({ body: batch, headers: JSON_TYPE })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });
});

describe('bodies', () => {
  test.each(['utf-16', 'utf-16le', 'utf-7', 'latin1', 'iso-8859-1', '"shift_jis"'])('the charset %s is refused', async (charset) => {
    const answer = await got({ body: body(CREATE), headers: { 'content-type': `application/json; charset=${charset}` } });
    expect(answer).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8'])('the charset %s is taken', async (charset) => {
    expect((await got({ body: body(VIEWER), headers: { 'content-type': `application/json; charset=${charset}` } })).status).toBe(200);
  });

  test('bytes that are no UTF-8, and JSON in UTF-16, are malformed', async () => {
    const brokenUtf8 = Buffer.concat([Buffer.from('{"query":"{ viewer { role } } #'), Buffer.from([0xff, 0xc0, 0xfe])]);
    for (const bytes of [brokenUtf8, Buffer.from(body(CREATE), 'utf16le')]) {
      expect(await got({ body: bytes, headers: JSON_TYPE })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    }
  });

  test('a compressed body is not unpacked', async () => {
    const answer = await got({ body: body(CREATE), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } });
    expect(answer).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test.each([MAX_BODY + 1, 9_000_000])('a body of %d bytes is 413, as JSON', async (bytes) => {
    const answer = await got({ body: body(VIEWER).padEnd(bytes), headers: JSON_TYPE });
    expect(answer).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    expect(answer.type).toMatch(/^application\/json/);
    expect(answer.text).toContain('JUARA_MAX_BODY_BYTES');
  });

  test('a body of exactly the limit is taken', async () => {
    expect((await got({ body: body(VIEWER).padEnd(MAX_BODY), headers: JSON_TYPE })).status).toBe(200);
  });

  test.each([
    '',
    'null',
    '5',
    '"{ viewer { role } }"',
    '{}',
    '{"query":5}',
    '{"query":null}',
    '{"query":"{ viewer { role } }","variables":[1]}',
  ])('the body %j is a bad request', async (text) => {
    expect(await got({ body: text, headers: JSON_TYPE })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });
});

describe('in production nothing is said of what was not asked', () => {
  const probes: readonly (readonly [string, string, Record<string, unknown>?])[] = [
    ['a field', '{ viewe { role } }'],
    ['an argument', '{ model(nam: "x") { name } }'],
    ['a type', 'query ($x: PromoteInpu) { viewer { role } }'],
    ['a fragment on a type', '{ viewer { ... on Viewe { role } } }'],
    ['a directive', '{ viewer @skp(if: true) { role } }'],
    ['an input field', 'mutation { promote(input: { modl: "x" }) { outcome } }'],
    ['an enum', '{ versions(model: "x", filter: { status: [CHALLENGE] }) { totalCount } }'],
    ['an input field of a variable', 'query ($f: VersionFilter) { versions(model: "x", filter: $f) { totalCount } }', { f: { statu: [] } }],
    [
      'an enum of a variable',
      'query ($f: VersionFilter) { versions(model: "x", filter: $f) { totalCount } }',
      { f: { status: ['CHALLENGE'] } },
    ],
    ['introspection', '{ __schema { types { name } } }'],
    ['introspection of a type', '{ __type(name: "Token") { fields { name } } }'],
  ];

  test.each(probes.map(([title, query, variables = {}]) => ({ title, query, variables })))('$title', async ({ query, variables }) => {
    for (const { name, ask } of transports) {
      const answer = await ask(query, variables);
      expect(answer.data ?? null, name).toBeNull();
      const text = JSON.stringify(answer.errors);
      expect(answer.errors?.length, name).toBeGreaterThan(0);
      expect(text, name).not.toMatch(/did you mean|stacktrace|node_modules|\.js:\d|at \w+ \(/i);
    }
  });

  test('a suggestion helps in development only', async () => {
    const development = await startTestServer({ JUARA_ENV: 'development' });
    for (const asking of [askOverHttp(development, null), await askOverSocket(development, null)]) {
      expect((await asking.ask('{ viewe { role } }')).errors?.[0]?.message).toContain('Did you mean "viewer"');
      asking.close();
    }
    await development.stop();
  });
});
