import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Certificate, certificate } from '../support/certificate.js';
import { runBinary, type Settings, startTestServer, type TestServer } from '../support/server.js';
import { socketLogin } from '../support/socketLogin.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

let own: Certificate;
beforeAll(async () => {
  own = await certificate();
});

/** Runs `juara serve` where it should refuse to start, and gives what it says. */
async function refusedStart(settings: Settings): Promise<string> {
  const { code, stdout, stderr } = await runBinary(['serve'], { JUARA_HOME: await temporaryFolder(), JUARA_PORT: '0', ...settings });
  expect(stdout).toBe('');
  expect(code).not.toBe(0);
  return stderr;
}

describe('a server that others reach', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', 'juara.example.org'])(
    'on %s does not start in the clear, and names three ways out',
    async (host) => {
      const said = await refusedStart({ JUARA_HOST: host });
      expect(said).toContain('CONFIG_INVALID');
      for (const way of ['JUARA_HOST=127.0.0.1', 'JUARA_TLS_CERT', 'JUARA_BEHIND_PROXY=1']) expect(said).toContain(way);
    },
  );

  // 192.0.2.1 is of no machine (RFC 5737): that it cannot be listened on says that the start went on to try.
  test.each<[string, () => Settings]>([
    ['TLS', () => ({ JUARA_TLS_CERT: own.cert, JUARA_TLS_KEY: own.key })],
    ['a proxy', () => ({ JUARA_BEHIND_PROXY: '1' })],
  ])('starts with %s', async (_name, settings) => {
    expect(await refusedStart({ JUARA_HOST: '192.0.2.1', ...settings() })).toContain('EADDRNOTAVAIL');
  });
});

describe('files that do not serve', () => {
  test('are named, and not repeated', async () => {
    const other = await certificate();
    const junk = join(await temporaryFolder(), 'junk.pem');
    await writeFile(junk, '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n');
    const cases: [string, string, string][] = [
      ['/nowhere/cert.pem', own.key, 'JUARA_TLS_CERT names /nowhere/cert.pem, which cannot be read (ENOENT)'],
      [own.cert, '/nowhere/key.pem', 'JUARA_TLS_KEY names /nowhere/key.pem, which cannot be read (ENOENT)'],
      [junk, own.key, `JUARA_TLS_CERT names ${junk}, which holds no certificate`],
      [own.cert, junk, `JUARA_TLS_KEY names ${junk}, which holds no private key`],
      [own.cert, other.key, 'is not the key of the certificate'],
    ];
    for (const [cert, key, message] of cases) {
      const said = await refusedStart({ JUARA_TLS_CERT: cert, JUARA_TLS_KEY: key });
      expect(said).toContain('CONFIG_INVALID');
      expect(said).toContain(message);
      expect(said).not.toContain('hunter2');
    }
  });
});

describe('with TLS', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ JUARA_TLS_CERT: own.cert, JUARA_TLS_KEY: own.key });
  });
  afterAll(() => server?.stop());

  async function head(host?: string): Promise<{ status: number | undefined; headers: IncomingHttpHeaders }> {
    const sent = request(`${server.url}/health`, { ca: own.pem, agent: false, headers: host === undefined ? {} : { host } });
    sent.end();
    const [response] = await once(sent, 'response');
    response.resume();
    return { status: response.statusCode, headers: response.headers };
  }

  test('the ready line says https, and HTTP and WebSocket are served by it', async () => {
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await head()).status).toBe(200);
    expect(await socketLogin(server.url, `Bearer ${server.token}`, { ca: own.pem })).toEqual({ acknowledged: true });
  });

  test('plain http is not', async () => {
    await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow();
    expect((await head()).status).toBe(200);
  });

  test('browsers are told to stay with it, but not for the names of this machine', async () => {
    expect((await head()).headers['strict-transport-security']).toBeUndefined();
    expect((await head('localhost')).headers['strict-transport-security']).toBeUndefined();
    expect((await head('juara.example.org')).headers['strict-transport-security']).toMatch(/^max-age=\d{8}$/);
  });

  test('juara trusts a CA of its own by NODE_EXTRA_CA_CERTS, and nobody without it', async () => {
    const settings = { JUARA_URL: server.url, JUARA_TOKEN: server.token };
    expect(await runBinary(['list', '--json'], { ...settings, NODE_EXTRA_CA_CERTS: own.cert })).toMatchObject({ code: 0, stderr: '' });
    expect(await runBinary(['list', '--json'], settings)).toMatchObject({
      code: 6,
      stdout: '',
      stderr: expect.stringContaining('self-signed'),
    });
  });

  test('the socket of juara watch is trusted the same way', async () => {
    const settings = { JUARA_URL: server.url, JUARA_TOKEN: server.token, NODE_EXTRA_CA_CERTS: own.cert };
    const { code, stdout } = await runBinary(['watch', '--after', '', '--count', '1', '--json'], settings);
    expect({ code, created: stdout.includes('TOKEN_CREATED') }).toEqual({ code: 0, created: true });
  });
});
