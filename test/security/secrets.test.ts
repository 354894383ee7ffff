import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createClient } from '../../src/client/index.js';
import { descendants } from '../support/descendants.js';
import { AUDIENCE, type Issuer, inSeconds, startIssuer } from '../support/issuer.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { runBinary, startTestServer, type TestServer } from '../support/server.js';
import { SPELLED, spelledModel, spelledSample } from '../support/spelled.js';

const PASSWORD = randomBytes(24).toString('hex');
const WEBHOOK_SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const CREATE = 'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }';

let postgres: PostgresServer;
let owner: pg.Client;
let issuer: Issuer;
let server: TestServer;
/** By name. */
const secrets = new Map<string, string>([
  ['the password of the database', PASSWORD],
  ['the secret of the webhook', WEBHOOK_SECRET],
]);
/** Everything that the server has answered, errors above all. */
const answers: string[] = [];

async function send(path: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(`${server.url}${path}`, init);
  answers.push(JSON.stringify([...response.headers]), await response.text());
  return response.status;
}

function query(token: string, document: string, variables: unknown = {}): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return send('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: document, variables }) });
}

/** The spellings in which bytes end up in a log. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), [...bytes].join(',')];
}

function expectNowhere(where: string, haystack: string): void {
  for (const [name, secret] of secrets) {
    for (const spelling of spellings(secret)) expect(haystack.includes(spelling), `${name} is in ${where}`).toBe(false);
  }
}

/** A role of its own, whose password is like nothing else. */
async function databaseWithPassword(): Promise<string> {
  const url = new URL(await postgres.createDatabase());
  owner = new pg.Client(url.href);
  await owner.connect();
  await owner.query(`CREATE ROLE registry LOGIN PASSWORD '${PASSWORD}'`);
  await owner.query(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO registry`);
  url.username = 'registry';
  url.password = PASSWORD;
  return url.href;
}

beforeAll(async () => {
  [postgres, issuer] = await Promise.all([startPostgres(), startIssuer()]);
  server = await startTestServer({
    JUARA_LOG_LEVEL: 'trace',
    JUARA_DATABASE_URL: await databaseWithPassword(),
    JUARA_OIDC_ISSUER: issuer.url,
    JUARA_OIDC_AUDIENCE: AUDIENCE,
    JUARA_OIDC_ROLES: 'reader=VIEWER',
    JUARA_WEBHOOK_ALLOW_PRIVATE: '1',
    JUARA_MAX_FAILED_LOGINS: '0',
  });
  secrets.set('the ADMIN token', server.token);
  for (const [name, claims] of Object.entries({ valid: {}, expired: { exp: inSeconds(-60) }, foreign: { aud: 'x' } })) {
    secrets.set(`the ${name} access token`, await issuer.token(claims));
  }
});
afterAll(async () => {
  await server?.stop();
  await owner?.end().catch(() => undefined);
  await issuer?.stop();
  await postgres?.stop();
});

const secret = (name: string): string => secrets.get(name) ?? '';

describe('secrets, at the log level that tells most, are in no log and no answer', () => {
  test('when logins fail', async () => {
    expect(await query(secret('the valid access token'), '{ viewer { role } }')).toBe(200);
    for (const name of ['expired', 'foreign']) expect(await query(secret(`the ${name} access token`), '{ viewer { role } }')).toBe(401);
    for (const authorization of [`Basic ${server.token}`, `Bearer ${server.token} twice`, server.token]) {
      expect(await send(`/artifacts/${'0'.repeat(64)}`, { headers: { authorization } })).toBe(401);
    }
  });

  test('when they stand in an address', async () => {
    for (const path of ['/', '/graphql', '/nothing', '/%', `/artifacts/${'a'.repeat(300)}`, `/artifacts/${'0'.repeat(64)}`]) {
      await send(`${path}?token=${server.token}`, { headers: { accept: 'text/html' } });
    }
    const refused = new WebSocket(`${server.url.replace('http', 'ws')}/elsewhere?token=${server.token}`, ['graphql-transport-ws']);
    await new Promise((resolve) => refused.once('error', resolve));
  });

  test('when they stand in what is no HTTP and no protocol', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nAuthorization: Bearer ${server.token}\r\nno header\r\n\r\n`);
    answers.push(await text(socket));
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, ['graphql-transport-ws']);
    ws.once('open', () => ws.send(`{"type":"connection_init","payload":{"authorization":"Bearer ${server.token}"`));
    answers.push(await new Promise((resolve) => ws.once('close', (_code, reason) => resolve(String(reason)))));
  });

  test('when a webhook cannot be delivered, or not be kept', async () => {
    const input = { name: 'gone', url: 'http://127.0.0.1:1/hook', secret: WEBHOOK_SECRET };
    expect(await query(server.token, CREATE, { input })).toBe(200);
    expect(await query(server.token, CREATE, { input: { ...input, name: '\n' } })).toBe(200);
    await owner.query('ALTER TABLE webhooks RENAME COLUMN name TO other_name');
    expect(await query(server.token, CREATE, { input })).toBe(200);
    await owner.query('ALTER TABLE webhooks RENAME COLUMN other_name TO name');
    expect(answers.at(-1)).toContain('INTERNAL_SERVER_ERROR');
    await expect.poll(() => server.logs().stderr, { timeout: 10_000 }).toContain('an operation failed');
  });

  test.skipIf(process.platform !== 'linux')('and no child process is given one', async () => {
    const client = createClient({ url: server.url, token: server.token });
    await client.createModel({ name: 'm', tasks: [SPELLED] });
    await client.register({ model: 'm', version: '1.0.0', files: { 'model.onnx': spelledModel(0, 1) } });
    await client.predict({ model: 'm', version: '1.0.0', tensors: [{ name: 'features', shape: [1, 4], data: spelledSample([0]) }] });
    const children = await descendants(server.pid);
    expect(children.length).toBeGreaterThan(0);
    for (const { pid, cmdline, environ } of children) {
      expectNowhere(`the command line of ${pid}`, cmdline);
      expectNowhere(`the environment of ${pid}`, environ);
      expect(environ).not.toContain('JUARA_');
    }
  });

  test('when the identity provider and the database are gone', async () => {
    await issuer.stop();
    await owner.end();
    await postgres.stop();
    expect(await query(secret('the valid access token'), '{ models { nodes { name } } }')).toBe(200);
    expect(await query(server.token, '{ viewer { role } }')).toBe(500);
    expect(await send('/health/ready')).toBe(503);
    await expect.poll(() => server.logs().stderr, { timeout: 10_000 }).toContain('the database does not answer');
  });

  test('all told', async () => {
    await server.stop();
    const { stdout, stderr } = server.logs();
    expect(stderr).toContain('"level":20');
    expect(answers.length).toBeGreaterThan(20);
    expectNowhere('standard output', stdout);
    expectNowhere('the log', stderr);
    expectNowhere('an answer', answers.join('\n'));
  });
});

test('a start that fails repeats no password', async () => {
  const { stderr, stdout } = await runBinary(['serve'], {
    JUARA_DATABASE_URL: `postgres://registry:${PASSWORD}@127.0.0.1:1/registry`,
    JUARA_PORT: '0',
    JUARA_HOME: server.home,
    JUARA_LOG_LEVEL: 'trace',
  });
  expect(stderr).toContain('ECONNREFUSED');
  expectNowhere('the output', stdout + stderr);
});

test.skipIf(process.platform !== 'linux')('the processes that were looked at are seen at all', async () => {
  expect((await descendants(process.ppid)).map(({ pid }) => pid)).toContain(process.pid);
});
