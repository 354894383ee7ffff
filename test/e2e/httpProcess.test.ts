import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../support/api.js';
import { runBinary, startTestServer, type TestServer } from '../support/server.js';
import { createModel } from '../support/steps.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const VIEWER = '{ viewer { name role } }';
const TOKENS = '{ events(after: "") { nodes { type } } }';
const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
const folders: string[] = [];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'juara-test-'));
  folders.push(path);
  return path;
}

/** Runs `juara serve` where it should refuse to start. */
async function refusedStart(settings: Record<`JUARA_${string}`, string>): Promise<string> {
  const { code, stdout, stderr } = await runBinary(['serve'], { JUARA_PORT: '0', ...settings });
  expect(stdout).toBe('');
  expect(code).not.toBe(0);
  return stderr;
}

afterAll(async () => {
  for (const path of folders) await rm(path, { recursive: true, force: true });
});

describe('first start', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.stop());

  test('standard output is the one ready line, standard error nothing', () => {
    expect(server.logs()).toEqual({ stdout: `juara listening on ${server.url}\n`, stderr: '' });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('leaves secrets that only their owner may read', async () => {
    expect(server.token).toMatch(/^juara_[\w-]{43}$/);
    expect(await mode(join(server.home, 'admin.token'))).toBe('600');
    expect(await mode(join(server.home, 'keys'))).toBe('700');
    expect(await mode(join(server.home, 'keys/checkpoint.key'))).toBe('600');
    expect((await readdir(server.home)).filter((name) => /pending|\.new$/.test(name))).toEqual([]);
  });

  test('the token is in no log and nowhere in the database', async () => {
    const noisy = await startTestServer({ JUARA_LOG_LEVEL: 'trace' });
    await createApi(noisy.url, noisy.token).query(VIEWER);
    await fetch(`${noisy.url}/?token=${noisy.token}`);
    await expect.poll(() => noisy.logs().stderr, { timeout: 10_000 }).toContain('request completed');
    await noisy.stop();
    const { stdout, stderr } = noisy.logs();
    expect(stdout).toBe(`juara listening on ${noisy.url}\n`);
    expect(stderr).not.toContain(noisy.token);
    for (const name of (await readdir(noisy.home)).filter((n) => n.startsWith('juara.db'))) {
      expect((await readFile(join(noisy.home, name))).includes(noisy.token), name).toBe(false);
    }
  });
});

describe('later starts', () => {
  test('keep the token, the key and the log', async () => {
    const first = await startTestServer();
    const checkpoint = '{ registrySummary { checkpoint { publicKey seq } } }';
    const before = await createApi(first.url, null).query(checkpoint);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    const second = await first.restart();
    expect(second.token).toBe(first.token);
    expect(await createApi(second.url, second.token).query(checkpoint)).toEqual(before);
    await second.stop();
  });

  test('a token file that was moved away is not made anew', async () => {
    const first = await startTestServer();
    await first.stop();
    await rm(join(first.home, 'admin.token'));
    const second = await first.restart();
    const types = (await createApi(second.url, second.token).query(TOKENS)).events.nodes.map((e: { type: string }) => e.type);
    expect(types).toEqual(['TOKEN_CREATED']);
    expect(existsSync(join(first.home, 'admin.token'))).toBe(false);
    await second.stop();
  });

  test('a first start that was killed before it wrote its token is made good', async () => {
    const first = await startTestServer();
    await first.kill9();
    await rm(join(first.home, 'admin.token'));
    await writeFile(join(first.home, 'admin.token.pending'), '');
    const second = await first.restart();
    expect(second.token).not.toBe(first.token);
    expect((await createApi(second.url, second.token).query(VIEWER)).viewer.role).toBe('ADMIN');
    expect(await createApi(second.url, first.token).refusal(VIEWER)).toBe('UNAUTHENTICATED');
    expect(existsSync(join(first.home, 'admin.token.pending'))).toBe(false);
    await second.stop();
  });

  test('after kill -9 the next start works at once, with every acknowledged change', async () => {
    let server = await startTestServer();
    for (const name of ['a', 'b', 'c']) {
      await createModel(createApi(server.url, server.token), name);
      await server.kill9();
      server = await server.restart();
    }
    const { models } = await createApi(server.url, null).query('{ models { nodes { name } } }');
    expect(models.nodes.map((m: { name: string }) => m.name)).toEqual(['a', 'b', 'c']);
    await server.stop();
  });

  test('a second server on the same home is refused while the first runs', async () => {
    const first = await startTestServer();
    expect(await refusedStart({ JUARA_HOME: first.home })).toMatch(/^juara: HOME_IN_USE: .*stop it/);
    const elsewhere = { JUARA_HOME: await temporaryFolder(), JUARA_DATABASE_URL: `sqlite:${first.home}/juara.db` } as const;
    expect(await refusedStart(elsewhere)).toMatch(/^juara: HOME_IN_USE: .*JUARA_DATABASE_URL of its own/);
    expect((await createApi(first.url, null).query(VIEWER)).viewer.name).toBe('anonymous');
    await first.stop();
  });
});

describe('a start that cannot be', () => {
  test('an unknown setting names the nearest', async () => {
    const home = await folder();
    expect(await refusedStart({ JUARA_HOME: home, JUARA_PROT: '1' })).toMatch(/^juara: CONFIG_INVALID: JUARA_PROT .*JUARA_PORT/);
    expect(await readdir(home)).toEqual([]);
  });

  test('a failpoint outside of tests', async () => {
    expect(await refusedStart({ JUARA_HOME: await folder(), JUARA_FAILPOINT: 'after-commit' })).toContain('CONFIG_INVALID');
  });

  test('a home that is a file, and a key that is none', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    expect(await refusedStart({ JUARA_HOME: file })).toContain('CONFIG_INVALID');
    const home = await folder();
    await mkdir(join(home, 'keys'));
    await writeFile(join(home, 'keys/checkpoint.key'), 'no key');
    expect(await refusedStart({ JUARA_HOME: home })).toMatch(/CONFIG_INVALID: .*checkpoint\.key/);
  });

  test.skipIf(process.getuid?.() === 0)('a home that may not be written to', async () => {
    const home = await folder();
    await chmod(home, 0o500);
    expect(await refusedStart({ JUARA_HOME: home })).toContain('STORAGE_READ_ONLY');
  });

  test('a port that is taken', async () => {
    const first = await startTestServer();
    const stderr = await refusedStart({ JUARA_HOME: await folder(), JUARA_PORT: new URL(first.url).port });
    expect(stderr).toMatch(/^juara: EADDRINUSE: /);
    await first.stop();
  });
});

describe('SIGTERM', () => {
  test('lets an open upload finish, takes no new work, and ends with 0', async () => {
    const server = await startTestServer();
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update('first half, second half').digest('hex');
    const headers = { authorization: `Bearer ${server.token}` };
    const upload = request(`${server.url}/artifacts/${digest}`, { method: 'PUT', headers });
    const status = new Promise((resolve, reject) => {
      upload.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    upload.write('first half');
    await expect.poll(() => readdir(join(server.home, 'blobs/tmp')).catch(() => []), { timeout: 10_000 }).toHaveLength(1);
    const ended = server.stop();
    const refused = async (): Promise<boolean> =>
      fetch(`${server.url}/health`).then(
        (r) => r.status === 503,
        () => true,
      );
    await expect.poll(refused, { timeout: 10_000 }).toBe(true);
    upload.end(', second half');
    expect(await status).toBe(201);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(existsSync(join(server.home, 'blobs', digest.slice(0, 2), digest))).toBe(true);
  });

  test('a request that does not end is cut off after the drain timeout', async () => {
    const server = await startTestServer({ JUARA_DRAIN_TIMEOUT_MS: '100' });
    const upload = request(`${server.url}/artifacts/${'0'.repeat(64)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.token}` },
    });
    const broken = new Promise((resolve) => upload.on('error', resolve));
    upload.write('never ends');
    await expect.poll(() => readdir(join(server.home, 'blobs/tmp')).catch(() => []), { timeout: 10_000 }).toHaveLength(1);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(await broken).toBeInstanceOf(Error);
    expect(await readdir(join(server.home, 'blobs/tmp'))).toEqual([]);
  });

  test('a second signal ends it at once', async () => {
    const server = await startTestServer({ JUARA_DRAIN_TIMEOUT_MS: '3600000' });
    const upload = request(`${server.url}/artifacts/${'0'.repeat(64)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.token}` },
    });
    upload.on('error', () => undefined);
    upload.write('never ends');
    await expect.poll(() => readdir(join(server.home, 'blobs/tmp')).catch(() => []), { timeout: 10_000 }).toHaveLength(1);
    void server.stop();
    await expect
      .poll(
        () =>
          fetch(`${server.url}/health`).then(
            (r) => r.status,
            () => 'closed',
          ),
        { timeout: 10_000 },
      )
      .not.toBe(200);
    expect(await server.stop()).toEqual({ code: 143, signal: null });
  });
});

test('juara config prints every setting, secrets masked', async () => {
  const { code, stdout } = await runBinary(['config'], { JUARA_TOKEN: 'juara_secret', JUARA_PORT: '1234' });
  expect(code).toBe(0);
  expect(stdout).toMatch(/JUARA_PORT +1234 +environment +4000/);
  expect(stdout).toMatch(/JUARA_DRAIN_TIMEOUT_MS +10000 +default/);
  expect(stdout).not.toContain('juara_secret');
});
