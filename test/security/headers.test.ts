import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAFE_HEADERS } from '../../src/http/safeHeaders.js';
import { createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
let digest: string;
beforeAll(async () => {
  server = await startTestServer();
  digest = await createApi(server.url, server.token).upload(Buffer.from('<script>alert(1)</script>'));
});
afterAll(() => server?.stop());

/** Status and headers of an answer to bytes that no HTTP client would send. */
async function raw(bytes: string): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n', 2);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.split(': ', 1)[0]?.toLowerCase(), line.slice(line.indexOf(': ') + 2)]));
  return { status: Number(first.split(' ')[1]), headers, body };
}

const { 'content-security-policy': STRICTEST, ...OTHERS } = SAFE_HEADERS;

test('the strictest policy lets an answer do nothing at all', () => {
  expect(STRICTEST).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox");
  expect(OTHERS).toEqual({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
});

describe('every answer that is no page', () => {
  const json = { 'content-type': 'application/json' };
  const cases: [string, number, () => string, RequestInit?][] = [
    ['GraphQL', 200, () => '/graphql', { method: 'POST', headers: json, body: '{"query":"{ viewer { role } }"}' }],
    ['a GraphQL error', 400, () => '/graphql', { method: 'POST', headers: json, body: '{' }],
    [
      'a GraphQL login that fails',
      401,
      () => '/graphql',
      { method: 'POST', headers: { ...json, authorization: 'x' }, body: '{"query":"{a}"}' },
    ],
    ['health', 200, () => '/health'],
    ['readiness', 200, () => '/health/ready'],
    ['an artifact', 200, () => `/artifacts/${digest}`],
    ['a range of it', 206, () => `/artifacts/${digest}`, { headers: { range: 'bytes=0-1' } }],
    ['one that is held already', 304, () => `/artifacts/${digest}`, { headers: { 'if-none-match': '*' } }],
    ['an artifact that is not there', 404, () => `/artifacts/${'0'.repeat(64)}`],
    ['an upload that is refused', 403, () => `/artifacts/${digest}`, { method: 'PUT', body: 'x' }],
    ['what is not there', 404, () => '/nothing'],
    ['an address that is malformed', 400, () => '/%'],
    ['an address that is too long', 414, () => `/artifacts/${'a'.repeat(200)}`],
    ['another method', 404, () => '/health', { method: 'DELETE' }],
  ];
  test.each(cases)('%s (%i)', async (_name, status, path, init) => {
    const response = await fetch(`${server.url}${path()}`, init);
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject(SAFE_HEADERS);
    expect(response.headers.get('strict-transport-security')).toBeNull();
    expect(response.headers.get('server')).toBeNull();
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  test.each([
    ['no HTTP', 400, 'BAD_REQUEST', 'hello\r\n\r\n'],
    ['a head of 20 KB', 431, 'HEADERS_TOO_LARGE', `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ])('%s (%i)', async (_name, status, code, bytes) => {
    const answer = await raw(bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(SAFE_HEADERS);
    expect(JSON.parse(answer.body)).toMatchObject({ code });
  });

  test('over plain http says nothing of https', async () => {
    const answer = await raw('GET /health HTTP/1.1\r\nHost: juara.example.org\r\nConnection: close\r\n\r\n');
    expect(answer.status).toBe(403);
    expect(answer.headers['strict-transport-security']).toBeUndefined();
  });

  test('a WebSocket that is refused (403)', async () => {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      origin: 'https://evil.example',
    };
    const [response] = await once(request(`${server.url}/graphql`, { headers: upgrade, agent: false }).end(), 'response');
    response.resume();
    expect(response.statusCode).toBe(403);
    expect(response.headers).toMatchObject(SAFE_HEADERS);
  });
});

describe('a page', () => {
  test.each(['/', '/graphql'])('at %s and its files run and load what comes from here alone, and are framed nowhere', async (path) => {
    const page = await fetch(`${server.url}${path}`, { headers: { accept: 'text/html' } });
    const html = await page.text();
    const script = /src="([^"]+\.js)"/.exec(html)?.[1] ?? '';
    for (const response of [page, await fetch(new URL(script, server.url))]) {
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        ...OTHERS,
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      });
      const policy = new Map((response.headers.get('content-security-policy') ?? '').split('; ').map((d) => [d.split(' ', 1)[0], d]));
      expect(policy.get('default-src')).toBe("default-src 'none'");
      expect(policy.get('script-src')).toBe("script-src 'self'");
      expect(policy.get('connect-src')).toBe("connect-src 'self'");
      for (const nothing of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(nothing)).toBe(`${nothing} 'none'`);
    }
    // What the policy of scripts forbids must not be needed.
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i);
  });
});
