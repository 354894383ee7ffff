import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel, register } from '../support/steps.js';

const LIMIT = 256 * 1024;
const BYTES = randomBytes(100_000);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const DIGEST = sha256(BYTES);

let server: TestServer;
const address = (digest: string, query = ''): string => `${server.url}/artifacts/${digest}${query}`;
const auth = (token = server.token): Record<string, string> => ({ authorization: `Bearer ${token}` });
const put = (digest: string, body: Uint8Array, headers: Record<string, string> = auth()): Promise<Response> =>
  fetch(address(digest), { method: 'PUT', body: new Uint8Array(body), headers });
const get = (headers: Record<string, string> = {}, digest = DIGEST, query = ''): Promise<Response> =>
  fetch(address(digest, query), { headers });
const temporaryFiles = (): Promise<string[]> => readdir(join(server.home, 'blobs/tmp')).catch(() => []);

beforeAll(async () => {
  server = await startTestServer({ JUARA_MAX_UPLOAD_BYTES: String(LIMIT) });
});
afterAll(() => server?.stop());

describe('PUT', () => {
  test('keeps new bytes with 201, and the same again with 200', async () => {
    const first = await put(DIGEST, BYTES);
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ sha256: DIGEST, bytes: BYTES.length });
    const second = await put(DIGEST, BYTES);
    expect(second.status).toBe(200);
    expect(await second.json()).toEqual({ sha256: DIGEST, bytes: BYTES.length });
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded'])('does not read the body as %s', async (type) => {
    const bytes = Buffer.from(`{"no": "json" ${type}`);
    const response = await put(sha256(bytes), bytes, { ...auth(), 'content-type': type });
    expect(response.status).toBe(201);
    expect(Buffer.from(await (await get({}, sha256(bytes))).arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('an empty artifact is one too', async () => {
    const none = Buffer.alloc(0);
    expect((await put(sha256(none), none)).status).toBe(201);
    const response = await get({}, sha256(none));
    expect(response.headers.get('content-length')).toBe('0');
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  test('other bytes than those of the address are refused, and nothing is kept', async () => {
    const digest = sha256(Buffer.from('promised'));
    const response = await put(digest, Buffer.from('delivered'));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'DIGEST_MISMATCH',
      message: expect.stringContaining(sha256(Buffer.from('delivered'))),
    });
    expect((await get({}, digest)).status).toBe(404);
    expect(await temporaryFiles()).toEqual([]);
  });

  test('more than the limit is refused by its Content-Length with JSON', async () => {
    const bytes = randomBytes(LIMIT + 1);
    const response = await put(sha256(bytes), bytes);
    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining(String(LIMIT)) });
  });

  test('exactly the limit is taken', async () => {
    const bytes = randomBytes(LIMIT);
    expect((await put(sha256(bytes), bytes)).status).toBe(201);
  });

  test('more than the limit without a Content-Length is counted while it streams', async () => {
    const bytes = randomBytes(LIMIT * 2);
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 10_000) controller.enqueue(bytes.subarray(at, at + 10_000));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body, headers: auth(), duplex: 'half' };
    const response = await fetch(address(sha256(bytes)), init);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect((await get({}, sha256(bytes))).status).toBe(404);
    expect(await temporaryFiles()).toEqual([]);
  });

  test('a body that is announced as too large is not asked for (Expect: 100-continue)', async () => {
    const headers = { ...auth(), expect: '100-continue', 'content-length': String(LIMIT + 1) };
    const { continued, status } = await new Promise<{ continued: boolean; status: number | undefined }>((resolve, reject) => {
      let continued = false;
      const req = request(address(DIGEST), { method: 'PUT', headers, agent: false });
      req.on('continue', () => {
        continued = true;
      });
      req.on('response', (response) => {
        req.destroy();
        resolve({ continued, status: response.statusCode });
      });
      req.on('error', reject);
      req.flushHeaders();
    });
    expect({ continued, status }).toEqual({ continued: false, status: 413 });
  });

  test('an upload that breaks off leaves nothing', async () => {
    const digest = sha256(randomBytes(10));
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const head = [
      `PUT /artifacts/${digest} HTTP/1.1`,
      'Host: 127.0.0.1',
      `Authorization: Bearer ${server.token}`,
      'Content-Length: 200000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(randomBytes(100_000));
    await expect.poll(temporaryFiles, { timeout: 10_000 }).toHaveLength(1);
    socket.destroy();
    await expect.poll(temporaryFiles, { timeout: 10_000 }).toEqual([]);
    expect((await get({}, digest)).status).toBe(404);
    expect(server.logs().stderr).toBe('');
  });

  test.each(['ABC', 'a'.repeat(63), 'A'.repeat(64), '..%2f..%2fadmin.token'])('the address %s is refused', async (digest) => {
    const response = await put(digest, BYTES);
    expect([400, 404]).toContain(response.status);
    expect(await response.json()).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  test('takes AUTOMATION', async () => {
    const api = createApi(server.url, server.token);
    const { createToken } = await api.query('mutation { createToken(input: { name: "v", role: VIEWER }) { secret } }');
    expect((await put(DIGEST, BYTES, {})).status).toBe(403);
    expect((await put(DIGEST, BYTES, auth(createToken.secret))).status).toBe(403);
    const unknown = await put(DIGEST, BYTES, auth('juara_no'));
    expect(unknown.status).toBe(401);
    expect(unknown.headers.get('www-authenticate')).toBe('Bearer');
    expect(await unknown.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('GET and HEAD', () => {
  test('give the bytes as a download that may be kept for ever', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: `"${DIGEST}"`,
      'accept-ranges': 'bytes',
      'content-type': 'application/octet-stream',
      'content-length': String(BYTES.length),
      'content-disposition': `attachment; filename="${DIGEST}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('immutable'),
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(BYTES)).toBe(true);
  });

  test('HEAD gives the headers alone', async () => {
    const response = await fetch(address(DIGEST), { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(BYTES.length));
    expect(response.headers.get('etag')).toBe(`"${DIGEST}"`);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  test('If-None-Match answers 304 without the bytes', async () => {
    const response = await get({ 'if-none-match': `"x", "${DIGEST}"` });
    expect(response.status).toBe(304);
    expect(response.headers.get('etag')).toBe(`"${DIGEST}"`);
    expect((await get({ 'if-none-match': '"x"' })).status).toBe(200);
  });

  test.each([
    ['bytes=0-9', 0, 9],
    ['bytes=99990-', 99_990, 99_999],
    ['bytes=-5', 99_995, 99_999],
    ['bytes=99999-200000', 99_999, 99_999],
  ])('%s answers 206', async (range, start, end) => {
    const response = await get({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${BYTES.length}`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect(Buffer.from(await response.arrayBuffer()).equals(BYTES.subarray(start, end + 1))).toBe(true);
  });

  test('a range behind the end answers 416 and names the size', async () => {
    const response = await get({ range: 'bytes=100000-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${BYTES.length}`);
    expect(await response.json()).toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
  });

  test.each<Record<string, string>>([
    { range: 'lines=1-2' },
    { range: 'bytes=0-1,50-60' },
    { range: 'bytes=0-1', 'if-range': '"another"' },
  ])('%j is answered with the whole', async (headers) => {
    expect((await get(headers)).status).toBe(200);
  });

  test('If-Range with the digest gives the range', async () => {
    expect((await get({ range: 'bytes=0-1', 'if-range': `"${DIGEST}"` })).status).toBe(206);
  });

  test.each([
    ['best_model.onnx', 'attachment; filename="best_model.onnx"'],
    ['a"b\\c', `attachment; filename="a_b_c"; filename*=UTF-8''a%22b_c`],
    ['gempa bumi é.onnx', `attachment; filename="gempa bumi _.onnx"; filename*=UTF-8''gempa%20bumi%20%C3%A9.onnx`],
    ['x\r\nset-cookie: y', 'attachment; filename="x__set-cookie: y"'],
    ['../../etc/passwd', 'attachment; filename=".._.._etc_passwd"'],
  ])('?name=%j is encoded safely', async (name, expected) => {
    const response = await get({}, DIGEST, `?name=${encodeURIComponent(name)}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe(expected);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  test('an unknown digest is ARTIFACT_NOT_FOUND', async () => {
    const response = await get({}, 'f'.repeat(64));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'ARTIFACT_NOT_FOUND' });
  });

  test('a token that is bound to models reads the files of their versions only', async () => {
    const api = createApi(server.url, server.token);
    for (const model of ['mine', 'theirs']) await createModel(api, model);
    await register(api, 'mine', { version: '1.0.0', files: { 'notes.txt': Buffer.from('mine') } });
    await register(api, 'theirs', { version: '1.0.0', files: { 'notes.txt': Buffer.from('theirs') } });
    const { createToken } = await api.query('mutation { createToken(input: { name: "b", role: VIEWER, models: ["mine"] }) { secret } }');
    const bound = auth(createToken.secret);
    expect((await get(bound, sha256(Buffer.from('mine')))).status).toBe(200);
    const refused = await get(bound, sha256(Buffer.from('theirs')));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await get(bound)).status).toBe(403);
  });
});
