import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
const drips: NodeJS.Timeout[] = [];
beforeAll(async () => {
  server = await startTestServer({ JUARA_REQUEST_TIMEOUT_MS: '300' });
});
afterAll(async () => {
  for (const drip of drips) clearInterval(drip);
  await server?.stop();
});

/** Sends this, and then a byte every 50 ms for as long as it may. */
function dripping(head: string): Socket {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined).write(head);
  const drip = setInterval(() => socket.writable && socket.write(' '), 50);
  drips.push(drip);
  socket.once('close', () => clearInterval(drip));
  return socket;
}

const HOST = 'Host: 127.0.0.1\r\nContent-Type: application/json\r\n';

test.each([
  ['a body on /graphql', `POST /graphql HTTP/1.1\r\n${HOST}Content-Length: 100000\r\n\r\n{`],
  ['a chunked body', `POST /graphql HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n186A0\r\n{`],
  ['a body where there is nothing', `POST /nothing HTTP/1.1\r\n${HOST}Content-Length: 100000\r\n\r\n{`],
  ['a head', `GET /health HTTP/1.1\r\n${HOST}X-Drip: `],
])('%s that drips is answered with 408, and cut', async (_name, head) => {
  const said = await text(dripping(head));
  expect(said).toMatch(/^HTTP\/1\.1 408 /);
  expect(said.toLowerCase()).toContain('connection: close');
  expect(said).toMatch(/"code":"REQUEST_TIMEOUT"/);
  expect(said).toContain('JUARA_REQUEST_TIMEOUT_MS');
});

test('an upload may take as long as it moves', async () => {
  const socket = dripping(
    `PUT /artifacts/${'0'.repeat(64)} HTTP/1.1\r\n${HOST}Authorization: Bearer ${server.token}\r\nContent-Length: 100000\r\n\r\n{`,
  );
  const temporaryFiles = (): Promise<string[]> => readdir(join(server.home, 'blobs/tmp')).catch(() => []);
  await expect.poll(temporaryFiles, { timeout: 10_000 }).toHaveLength(1);
  // Whatever began after it has been cut by now.
  expect(await text(dripping(`POST /graphql HTTP/1.1\r\n${HOST}Content-Length: 100000\r\n\r\n{`))).toContain('408');
  expect(socket.readyState).toBe('open');
  expect(await temporaryFiles()).toHaveLength(1);
  socket.destroy();
});

test('the server goes on, and has nothing to say in its log', async () => {
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect(server.logs().stderr).toBe('');
});
