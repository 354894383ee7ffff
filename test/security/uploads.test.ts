import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../support/api.js';
import { rawHttp } from '../support/rawHttp.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { treeSnapshot } from '../support/treeSnapshot.js';

/** Uploads that no client would send, byte by byte on raw sockets: JSON or a closed connection, and nothing stays behind. */
const BYTES = Buffer.from('bytes of an upload');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const DIGEST = sha256(BYTES);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ JUARA_MAX_UPLOADS_PER_ADDRESS: '1000' });
});
afterAll(() => server?.stop());

const head = (lines: readonly string[], digest = DIGEST): string =>
  [`PUT /artifacts/${digest} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: Bearer ${server.token}`, ...lines, '', ''].join('\r\n');
const blobs = (): Promise<Record<string, string>> => treeSnapshot(join(server.home, 'blobs')).catch(() => ({}));
const temporaryFiles = (): Promise<string[]> => readdir(join(server.home, 'blobs/tmp')).catch(() => []);
/** The body of the last response is JSON with a code, where there is a body at all. */
function expectCleanError(text: string): void {
  const body = text.slice(text.lastIndexOf('\r\n\r\n') + 4);
  if (text.toLowerCase().includes('content-type: application/json')) expect(JSON.parse(body)).toMatchObject({ code: expect.any(String) });
  expect(text).not.toMatch(/\bat .*\.(js|ts):\d|node_modules/);
}

afterEach(async () => {
  await expect.poll(temporaryFiles, { timeout: 10_000 }).toEqual([]);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect(server.logs().stderr).toBe('');
});

describe('a body that is not what its head says', () => {
  test('fewer bytes than Content-Length, then an end: nothing is kept', async () => {
    const { text } = await new Promise<{ text: string }>((resolve) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.end(`${head(['Content-Length: 9999'])}${BYTES}`));
      let got = '';
      socket.on('data', (bytes) => {
        got += bytes;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve({ text: got }));
    });
    expectCleanError(text);
    expect(Object.keys(await blobs()).filter((path) => path.endsWith(DIGEST))).toEqual([]);
  });

  test('broken off in the middle, a hundred times side by side: nothing is kept', async () => {
    const port = Number(new URL(server.url).port);
    const digests = Array.from({ length: 100 }, () => sha256(randomBytes(8)));
    const sockets = digests.map((digest) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(head(['Content-Length: 1000000'], digest));
        socket.write(randomBytes(50_000));
      });
      socket.on('error', () => undefined);
      return socket;
    });
    await expect.poll(async () => (await temporaryFiles()).length, { timeout: 20_000 }).toBeGreaterThan(50);
    for (const socket of sockets) socket.destroy();
    await expect.poll(temporaryFiles, { timeout: 20_000 }).toEqual([]);
    expect(Object.keys(await blobs()).filter((path) => path.includes('/') && !path.startsWith('tmp'))).toEqual([]);
  });

  test('more bytes than Content-Length are no part of it, and what they say is no request that anybody made', async () => {
    const smuggled = `PUT /artifacts/${sha256(Buffer.from('x'))} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx`;
    const { statuses } = await rawHttp(
      server.url,
      [`${head([`Content-Length: ${BYTES.length}`])}${BYTES}${smuggled}`],
      (text) => (text.match(/HTTP\/1\.1 \d/g) ?? []).length > 1,
    );
    // The second is a request of its own, without the first one's token.
    expect(statuses).toEqual([201, 403]);
  });

  test.each<[string, string[]]>([
    ['Content-Length and Transfer-Encoding (CL.TE)', ['Content-Length: 6', 'Transfer-Encoding: chunked']],
    ['Transfer-Encoding and Content-Length (TE.CL)', ['Transfer-Encoding: chunked', 'Content-Length: 6']],
    ['two lengths', ['Content-Length: 6', 'Content-Length: 7']],
    ['two lengths in one', ['Content-Length: 6, 7']],
    ['a negative length', ['Content-Length: -1']],
    ['a length with a plus', ['Content-Length: +6']],
    ['a hexadecimal length', ['Content-Length: 0x6']],
    ['a length beyond all numbers', ['Content-Length: 99999999999999999999999']],
    ['chunked that is not the last coding', ['Transfer-Encoding: chunked, gzip']],
    ['a space before the colon', ['Transfer-Encoding : chunked', 'Content-Length: 6']],
    ['a folded header', ['Transfer-Encoding:', ' chunked', 'Content-Length: 6']],
    ['chunked with a control character', ['Transfer-Encoding: \x0bchunked']],
    ['a bare line feed in a header', ['X: a\nContent-Length: 6']],
    ['a NUL in a header', ['X: a\0b', 'Content-Length: 6']],
  ])('%s is refused, and the connection is closed', async (_what, lines) => {
    const before = await blobs();
    const smuggled = 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
    const { statuses, text } = await rawHttp(server.url, [`${head(lines)}0\r\n\r\n${smuggled}`]);
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
    expect(statuses[0]).toBeLessThan(500);
    expectCleanError(text);
    expect(text).not.toContain('damagedArtifacts');
    expect(await blobs()).toEqual(before);
  });

  test.each([
    ['sizes that are no numbers', 'zz\r\n'],
    ['a size beyond all numbers', 'ffffffffffffffffff\r\n'],
    ['a chunk without an end', '5\r\nhelloXX'],
    ['an endless extension', `5;${'a'.repeat(70_000)}\r\n`],
  ])('chunks with %s are refused, and nothing is kept', async (_what, body) => {
    const before = await blobs();
    const { statuses, text } = await rawHttp(server.url, [`${head(['Transfer-Encoding: chunked'])}${body}`]);
    expect(statuses.length).toBeLessThanOrEqual(1);
    for (const status of statuses) expect([400, 413]).toContain(status);
    expectCleanError(text);
    await expect.poll(temporaryFiles, { timeout: 10_000 }).toEqual([]);
    expect(Object.keys(await blobs()).filter((path) => !(path in before) && path !== 'tmp')).toEqual([]);
  });

  test.each([
    ['Content-Range', 'Content-Range: bytes 0-9/100'],
    ['Content-Encoding', 'Content-Encoding: gzip'],
  ])('%s on a PUT is refused: the digest is that of the whole, as it is sent (RFC 9110, 14.5)', async (_what, line) => {
    const before = await blobs();
    const bytes = Buffer.from('0123456789');
    const request = `${head([line, `Content-Length: ${bytes.length}`, 'Connection: close'], sha256(bytes))}${bytes}`;
    const { statuses, text } = await rawHttp(server.url, [request]);
    expect(statuses).toEqual([line.startsWith('Content-Range') ? 400 : 415]);
    expectCleanError(text);
    expect(await blobs()).toEqual(before);
  });
});

describe('a head that is not one', () => {
  const get = (target: string, lines: readonly string[] = [], version = '1.1'): string =>
    [`GET ${target} HTTP/${version}`, 'Host: 127.0.0.1', 'Connection: close', ...lines, '', ''].join('\r\n');

  test.each<[string, () => string, number[]]>([
    ['headers of 20 KB', () => get('/health', [`X: ${'a'.repeat(20_000)}`]), [431]],
    [
      'three thousand headers',
      () =>
        get(
          '/health',
          Array.from({ length: 3_000 }, (_, i) => `X${i}: a`),
        ),
      [200, 400, 431],
    ],
    ['an address of 100 KB', () => get(`/artifacts/${'a'.repeat(100_000)}`), [414, 431]],
    ['an address of 10 KB', () => get(`/artifacts/${'a'.repeat(10_000)}`), [400, 404, 414]],
    ['an absolute address elsewhere', () => get('http://evil.example/health'), [200, 400, 404]],
    ['an address without a slash', () => get('artifacts'), [400]],
    ['an address with NUL', () => get('/health\0'), [400]],
    ['an address that is half encoded', () => get('/artifacts/%'), [400]],
    ['an address that is wrongly encoded', () => get('/artifacts/%ff%fe'), [400, 404]],
    ['no Host', () => 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    ['HTTP/1.0', () => get('/health', [], '1.0'), [200]],
    ['HTTP/0.9', () => 'GET /health\r\n\r\n', [200, 400]],
    ['HTTP/2 without having asked', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['another protocol', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
    ['a method that is none', () => 'EVIL /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', [400]],
    ['CONNECT', () => 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n', [400, 404, 405]],
    ['TRACE', () => 'TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n', [404, 405]],
    ['a header injected by ?name=', () => get(`/artifacts/${DIGEST}?name=a%0d%0aSet-Cookie:%20b`), [200, 404]],
  ])('%s', async (_what, request, expected) => {
    const { statuses, text } = await rawHttp(server.url, [Buffer.from(request(), 'latin1')]);
    // CONNECT, and bytes that are no HTTP, may be answered by the end of the connection alone.
    if (statuses.length > 0) expect(expected).toContain(statuses[0]);
    expect(statuses.length).toBeLessThanOrEqual(1);
    if (statuses[0] !== 200) expectCleanError(text);
    expect(text).not.toMatch(/^set-cookie/im);
  });

  test('a hundred requests in one packet are answered in order', async () => {
    const requests = Array.from(
      { length: 100 },
      (_, i) => `GET /artifacts/${String(i).padStart(64, '0')} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
    );
    const { statuses, text } = await rawHttp(server.url, [requests.join('')], (t) => (t.match(/no artifact 0+99 /g) ?? []).length > 0);
    expect(statuses).toEqual(Array.from({ length: 100 }, () => 404));
    const order = [...text.matchAll(/no artifact 0*(\d+) was/g)].map((match) => Number(match[1]));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('an upload goes on as if nothing had been', async () => {
    const api = createApi(server.url, server.token);
    expect(await api.upload(BYTES)).toBe(DIGEST);
  });
});
