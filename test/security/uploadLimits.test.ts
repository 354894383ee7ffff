import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';

const MOST = 2;
const PER_MINUTE = 100_000;

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer({
    JUARA_MAX_UPLOADS_PER_ADDRESS: String(MOST),
    JUARA_MAX_UPLOAD_BYTES_PER_MINUTE: String(PER_MINUTE),
    JUARA_BEHIND_PROXY: '1',
  });
  const api = createApi(server.url, server.token);
  token = (await api.query('mutation { createToken(input: { name: "ci", role: AUTOMATION }) { secret } }')).createToken.secret;
});
afterAll(() => server?.stop());

const headersOf = (address: string): Record<string, string> => ({ 'x-forwarded-for': address, authorization: `Bearer ${token}` });

function put(address: string, bytes: Buffer): Promise<Response> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return fetch(`${server.url}/artifacts/${digest}`, { method: 'PUT', headers: headersOf(address), body: new Uint8Array(bytes) });
}

const temporaryFiles = (): Promise<string[]> => readdir(join(server.home, 'blobs/tmp')).catch(() => []);

/** An upload whose body has begun and does not end. */
function unfinished(address: string): ClientRequest {
  const headers = { ...headersOf(address), 'content-length': '1000' };
  const upload = request(`${server.url}/artifacts/${'0'.repeat(64)}`, { method: 'PUT', headers, agent: false });
  upload.on('error', () => undefined).write('begun');
  return upload;
}

async function expectRefused(response: Response, setting: string): Promise<void> {
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await response.json()).toEqual({ code: 'RATE_LIMITED', message: expect.stringContaining(setting) });
}

test('so many uploads of one address at once; one that breaks off makes room', async () => {
  const ADDRESS = '198.51.100.1';
  const uploads = [unfinished(ADDRESS), unfinished(ADDRESS)];
  await expect.poll(temporaryFiles, { timeout: 10_000 }).toHaveLength(MOST);
  const bytes = randomBytes(10);
  await expectRefused(await put(ADDRESS, bytes), 'JUARA_MAX_UPLOADS_PER_ADDRESS');
  expect((await put('198.51.100.2', bytes)).status).toBe(201);
  uploads[0]?.destroy();
  await expect.poll(async () => (await put(ADDRESS, bytes)).status, { timeout: 10_000 }).toBe(200);
  uploads[1]?.end('x'.repeat(995));
  const [response] = await once(uploads[1] as ClientRequest, 'response');
  expect(response.resume().statusCode).toBe(422);
});

test('so many bytes of one address in a minute, those of refused uploads too', async () => {
  const ADDRESS = '198.51.100.3';
  expect((await put(ADDRESS, randomBytes(PER_MINUTE - 1))).status).toBe(201);
  const wrong = await fetch(`${server.url}/artifacts/${'0'.repeat(64)}`, { method: 'PUT', headers: headersOf(ADDRESS), body: 'x' });
  expect(wrong.status).toBe(422);
  await expectRefused(await put(ADDRESS, randomBytes(1)), 'JUARA_MAX_UPLOAD_BYTES_PER_MINUTE');
  expect((await put('198.51.100.4', randomBytes(1))).status).toBe(201);
});
