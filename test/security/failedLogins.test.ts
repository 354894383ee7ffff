import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CloseCode } from '../../src/http/closeCodes.js';
import { createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { socketLogin } from '../support/socketLogin.js';

const MOST = 3;
const GUESS = 'juara_guessed-secret';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ JUARA_MAX_FAILED_LOGINS: String(MOST), JUARA_BEHIND_PROXY: '1' });
});
afterAll(() => server?.stop());

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });

function post(address: string, token: string): Promise<Response> {
  const headers = { ...from(address), 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return fetch(`${server.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ viewer { role } }"}' });
}

/** What the log says of an address. */
const linesOf = (address: string): { msg: string; reason?: string; level: number }[] =>
  server
    .logs()
    .stderr.split('\n')
    .filter((line) => line.includes(`"${address}"`))
    .map((line) => JSON.parse(line));

async function fail(address: string, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) expect((await post(address, GUESS)).status).toBe(401);
}

describe('an address that fails too often', () => {
  const ADDRESS = '198.51.100.1';
  beforeAll(() => fail(ADDRESS, MOST));

  test('is told so with 429, the reason and when to come again; on GraphQL and on the rest', async () => {
    const graphql = await post(ADDRESS, GUESS);
    const upload = await fetch(`${server.url}/artifacts/${'0'.repeat(64)}`, {
      method: 'PUT',
      headers: { ...from(ADDRESS), authorization: `Bearer ${GUESS}` },
      body: 'x',
    });
    for (const response of [graphql, upload]) {
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
    }
    const message = expect.stringMatching(/the token is unknown here.*JUARA_MAX_FAILED_LOGINS/);
    const details = { retryAfter: expect.any(Number) };
    expect(await graphql.json()).toMatchObject({ errors: [{ message, extensions: { code: 'RATE_LIMITED', details } }] });
    expect(await upload.json()).toEqual({ code: 'RATE_LIMITED', message });
  });

  test('is told so with 4293 on a WebSocket', async () => {
    expect(await socketLogin(server.url, `Bearer ${GUESS}`, { headers: from(ADDRESS) })).toMatchObject({
      code: CloseCode.TooManyFailedLogins,
      reason: expect.stringContaining('unknown'),
    });
  });

  test('fills the log no further', async () => {
    const lines = linesOf(ADDRESS);
    expect(lines.map((line) => line.msg)).toEqual([
      ...Array.from({ length: MOST }, () => 'a login failed'),
      expect.stringContaining('not logged'),
    ]);
    expect(lines.map((line) => line.level)).toEqual(lines.map(() => 40));
    expect(lines[0]?.reason).toContain('unknown');
    expect(server.logs().stderr).not.toContain(GUESS);
  });

  test('may still log in with a token that is valid: nobody is locked out by a neighbour', async () => {
    expect((await post(ADDRESS, server.token)).status).toBe(200);
    expect(await socketLogin(server.url, `Bearer ${server.token}`, { headers: from(ADDRESS) })).toEqual({ acknowledged: true });
    expect((await post(ADDRESS, GUESS)).status).toBe(429);
  });

  test('says nothing of other addresses', async () => {
    expect((await post('198.51.100.2', GUESS)).status).toBe(401);
  });
});

test('IPv6 counts by /64', async () => {
  for (const host of ['1', '2', 'ffff:1']) await fail(`2001:db8:0:1::${host}`, 1);
  expect((await post('2001:db8:0:1:abcd::', GUESS)).status).toBe(429);
  expect((await post('2001:db8:0:2::1', GUESS)).status).toBe(401);
});

test('headers that are no token count, requests without one do not', async () => {
  const ADDRESS = '198.51.100.3';
  const send = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${server.url}/artifacts/${'0'.repeat(64)}`, { headers: { ...from(ADDRESS), ...headers } });
  for (let i = 0; i <= MOST; i += 1) expect(await (await send({})).json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  for (let i = 0; i < MOST; i += 1) expect((await send({ authorization: 'Basic YTpi' })).status).toBe(401);
  expect((await send({ authorization: 'Basic YTpi' })).status).toBe(429);
});

test('a socket whose token is revoked while it is open is no failed login of its address', async () => {
  const ADDRESS = '198.51.100.4';
  const api = createApi(server.url, server.token);
  const { createToken } = await api.query('mutation { createToken(input: { name: "t", role: VIEWER }) { id secret } }');
  const { default: WebSocket } = await import('ws');
  const sockets = Array.from({ length: MOST + 1 }, () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, ['graphql-transport-ws'], { headers: from(ADDRESS) });
    const payload = { authorization: `Bearer ${createToken.secret}` };
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
    const acknowledged = new Promise((resolve) => socket.once('message', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    return { acknowledged, closed };
  });
  await Promise.all(sockets.map((s) => s.acknowledged));
  await api.query('mutation ($id: ID!) { revokeToken(id: $id) }', { id: createToken.id });
  await Promise.all(sockets.map((s) => s.closed));
  expect(linesOf(ADDRESS)).toEqual([]);
  expect((await post(ADDRESS, GUESS)).status).toBe(401);
});

test('0 is no limit', async () => {
  const open = await startTestServer({ JUARA_MAX_FAILED_LOGINS: '0' });
  for (let i = 0; i < 50; i += 1) expect(await createApi(open.url, GUESS).refusal('{ viewer { role } }')).toBe('UNAUTHENTICATED');
  await open.stop();
});
