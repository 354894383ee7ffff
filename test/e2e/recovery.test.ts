import { chmod, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../support/api.js';
import { runJuara } from '../support/juara.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { championOf, createModel, PROMOTE, promote, ROLLBACK, register, rollback, version } from '../support/steps.js';
import { tinyClassifier } from '../support/tinyClassifier.js';

const weights = tinyClassifier;
let server: TestServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** A model m with champion 1.0.0 and challenger 1.0.1, both with real weights. */
async function prepare(target: TestServer): Promise<void> {
  const api = createApi(target.url, target.token);
  await createModel(api, 'm');
  await register(api, 'm', {
    version: '1.0.0',
    files: { 'best_model.onnx': weights(1) },
    metrics: { magnitude_accuracy: 90, magnitude_f1: 90 },
  });
  await promote(api, 'm', '1.0.0');
  await register(api, 'm', {
    version: '1.0.1',
    files: { 'best_model.onnx': weights(2) },
    metrics: { magnitude_accuracy: 95, magnitude_f1: 95 },
  });
}

/** The disk says the same as the database, and the champion is whole. */
async function expectOneWholeChampion(target: TestServer, allowed: readonly string[]): Promise<string> {
  const api = createApi(target.url, target.token);
  const champion = await championOf(api, 'm');
  expect(allowed).toContain(champion);
  expect(await readlink(join(target.home, 'champion/m'))).toContain(`m_v${champion}`);
  const metadata = JSON.parse(await readFile(join(target.home, 'champion/m/metadata.json'), 'utf8'));
  expect(metadata).toMatchObject({ model_id: `m_v${champion}`, status: 'active' });
  expect((await readFile(join(target.home, 'champion/m/best_model.onnx'))).equals(weights(champion === '1.0.0' ? 1 : 2))).toBe(true);
  const { versions, championAt } = await api.query(
    'query ($at: DateTime!) { versions(model: "m", filter: { status: [CHAMPION] }) { totalCount } championAt(model: "m", at: $at) { version { version } until } }',
    { at: new Date(Date.now() + 60_000).toISOString() },
  );
  expect(versions.totalCount).toBe(1);
  expect(championAt).toEqual({ version: { version: champion }, until: null });
  const folders = [...(await readdir(join(target.home, 'challenger'))), ...(await readdir(join(target.home, 'archive')))].sort();
  const others = ['1.0.0', '1.0.1'].filter((v) => v !== champion).map((v) => `m_v${v}`);
  expect(folders).toEqual(others);
  const registry = JSON.parse(await readFile(join(target.home, 'model_registry.json'), 'utf8'));
  expect(registry.champion.version).toBe(champion);
  return champion as string;
}

describe('a promotion that is broken off by kill -9', () => {
  it.each([
    ['before-promotion', ['1.0.0']],
    ['before-stage', ['1.0.0']],
    ['before-commit', ['1.0.0']],
    ['after-commit', ['1.0.1']],
    ['folders-before-archive', ['1.0.1']],
    ['folders-before-metadata', ['1.0.1']],
    ['folders-before-champion', ['1.0.1']],
    ['folders-after-champion', ['1.0.1']],
    ['folders-before-stale', ['1.0.1']],
    ['after-apply', ['1.0.1']],
  ])('at %s leaves one whole champion', async (failpoint, allowed) => {
    server = await startTestServer();
    await prepare(server);
    server = await server.restart({ JUARA_ENV: 'test', JUARA_FAILPOINT: failpoint });
    const api = createApi(server.url, server.token);
    await expect(api.send(PROMOTE, { input: { model: 'm', version: '1.0.1' } })).rejects.toThrow();
    await server.ended;
    server = await server.restart({ JUARA_FAILPOINT: undefined });
    const champion = await expectOneWholeChampion(server, allowed);
    // And the registry goes on: the step that was broken off can be done, or undone.
    const after = createApi(server.url, server.token);
    if (champion === '1.0.0') expect((await promote(after, 'm', '1.0.1')).outcome).toBe('PROMOTED');
    else await rollback(after, 'm');
    await expectOneWholeChampion(server, ['1.0.0', '1.0.1']);
  });

  it.each(['before-rollback', 'before-commit', 'after-commit', 'after-apply'])('and so does a rollback at %s', async (failpoint) => {
    server = await startTestServer();
    await prepare(server);
    await promote(createApi(server.url, server.token), 'm', '1.0.1');
    server = await server.restart({ JUARA_ENV: 'test', JUARA_FAILPOINT: failpoint });
    await expect(createApi(server.url, server.token).send(ROLLBACK, { input: { model: 'm', reason: 'x' } })).rejects.toThrow();
    await server.ended;
    server = await server.restart({ JUARA_FAILPOINT: undefined });
    await expectOneWholeChampion(server, failpoint.startsWith('before') ? ['1.0.1'] : ['1.0.0']);
  });
});

describe('start-up', () => {
  it('makes the disk agree with the database', async () => {
    server = await startTestServer();
    await prepare(server);
    await server.kill9();
    await rm(join(server.home, 'champion/m'));
    await symlink('../versions/m_v1.0.1', join(server.home, 'champion/m'));
    await rm(join(server.home, 'challenger/m_v1.0.1'));
    await writeFile(join(server.home, 'model_registry.json'), '{}');
    await chmod(join(server.home, 'versions/m_v1.0.0/metadata.json'), 0o644);
    await writeFile(join(server.home, 'versions/m_v1.0.0/metadata.json'), '{"half": ');
    server = await server.restart();
    await expectOneWholeChampion(server, ['1.0.0']);
  });
});

describe('a champion whose file is damaged', () => {
  it('is refused with a clear error, and rollback goes to a sound one', async () => {
    server = await startTestServer();
    await prepare(server);
    const api = createApi(server.url, server.token);
    await promote(api, 'm', '1.0.1');
    const [file] = (await version(api, 'm', '1.0.1')).files;
    const blob = join(server.home, 'blobs', file.sha256.slice(0, 2), file.sha256);
    await chmod(blob, 0o644);
    const bytes = await readFile(blob);
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] as number) ^ 0xff;
    await writeFile(blob, bytes);

    const download = await fetch(`${server.url}${file.downloadPath}`, { headers: { authorization: `Bearer ${server.token}` } });
    expect(download.status).toBe(500);
    expect(await download.json()).toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    const verified = await runJuara(['verify', '--home', server.home, '--json']);
    expect(verified.code).toBe(1);
    expect(JSON.parse(verified.stdout).problems).toContainEqual(expect.objectContaining({ version: 'm_v1.0.1', kind: 'DAMAGED' }));

    await rollback(api, 'm');
    expect(await championOf(api, 'm')).toBe('1.0.0');
    expect(await api.refusal(ROLLBACK, { input: { model: 'm', version: '1.0.1', reason: 'try it again' } })).toBe('ARTIFACT_DAMAGED');
    expect(await championOf(api, 'm')).toBe('1.0.0');
  });
});

describe('a damaged file that is larger than a chunk', () => {
  it('is refused before its first byte', async () => {
    server = await startTestServer();
    const sha256 = await createApi(server.url, server.token).upload(Buffer.alloc(3_000_000, 'x'));
    const blob = join(server.home, 'blobs', sha256.slice(0, 2), sha256);
    await chmod(blob, 0o644);
    await writeFile(blob, Buffer.alloc(3_000_000, 'y'));
    const download = await fetch(`${server.url}/artifacts/${sha256}`, { headers: { authorization: `Bearer ${server.token}` } });
    expect(download.status).toBe(500);
    expect(await download.json()).toMatchObject({ code: 'ARTIFACT_DAMAGED' });
  });
});

describe('a lost database', () => {
  it('is rebuilt from the folders', async () => {
    server = await startTestServer();
    await prepare(server);
    const api = createApi(server.url, server.token);
    await promote(api, 'm', '1.0.1');
    const before = await version(api, 'm', '1.0.1');
    await server.stop();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(server.home, `juara.db${suffix}`), { force: true });
    const rebuilt = await runJuara(['rebuild', '--home', server.home, '--json']);
    expect(rebuilt.code).toBe(0);
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ models: 1, versions: 2 });
    server = await server.restart();
    const token = (await readFile(join(server.home, 'admin.token'), 'utf8')).trim();
    const after = createApi(server.url, token);
    expect(await version(after, 'm', '1.0.1')).toMatchObject({
      status: 'CHAMPION',
      files: before.files,
      deployedAt: before.deployedAt,
      previousVersion: '1.0.0',
    });
    await rollback(after, 'm');
    expect(await championOf(after, 'm')).toBe('1.0.0');
  });
});
