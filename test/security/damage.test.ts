import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { DAMAGES } from '../support/damageFile.js';
import { runJuara } from '../support/juara.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { LABELS, SPELLED, spelledBenchmark, spelledModel, spelledSample, wrongOn } from '../support/spelled.js';
import { PROMOTE, ROLLBACK } from '../support/steps.js';

/** A blob changed on disk behind the server's back: nobody is given its bytes, nothing is decided by it, and health says so. */
const ANSWERS = [wrongOn({}), wrongOn({ 1: [10, 2] }), wrongOn({ 2: [10, 1] })];
const VERSIONS = ['1.0.0', '1.0.1', '1.0.2'] as const;
const PREDICT =
  'query ($version: SemVer) { predict(input: { model: "m", version: $version, tensors: [{ name: "features", shape: [1, 12], data: [$DATA] }] }) { milliseconds } }';
const DAMAGED = '{ damagedArtifacts { sha256 state detail foundAt versions } }';

let server: TestServer;
let api: Api;
const bytesOf: Buffer[] = [];
const digests: string[] = [];
let field = '';

const blob = (sha256: string): string => join(server.home, 'blobs', sha256.slice(0, 2), sha256);
const get = (sha256: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  fetch(`${server.url}/artifacts/${sha256}`, { method, headers });
const health = async (path = '/health'): Promise<unknown> => (await fetch(server.url + path)).json();
const DATA = spelledSample([0, 1, 2]).join(', ');
const predict = (version: string) => api.send(PREDICT.replace('$DATA', DATA), { version });

async function restore(index: number): Promise<void> {
  const path = blob(digests[index] ?? '');
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytesOf[index] ?? '');
}

beforeAll(async () => {
  server = await startTestServer();
  api = createApi(server.url, server.token);
  const tasks = [SPELLED];
  await api.query('mutation ($input: CreateModelInput!) { createModel(input: $input) { name } }', { input: { name: 'm', tasks } });
  for (const [slot, version] of VERSIONS.entries()) {
    bytesOf.push(spelledModel(slot, VERSIONS.length));
    digests.push(await api.upload(bytesOf[slot] ?? Buffer.alloc(0)));
    const files = [{ name: 'm.onnx', sha256: digests[slot] }];
    await api.query('mutation ($input: RegisterVersionInput!) { registerVersion(input: $input) { version } }', {
      input: { model: 'm', version, files },
    });
  }
  field = await api.upload(spelledBenchmark(LABELS, ANSWERS));
  const benchmark = { name: 'field', file: field, format: 'NPZ', tasks };
  await api.query('mutation ($input: RegisterBenchmarkInput!) { registerBenchmark(input: $input) { samples } }', { input: benchmark });
  for (const version of ['1.0.0', '1.0.1']) {
    await api.query(PROMOTE, { input: { model: 'm', version, overrideReason: 'the test says so' } });
  }
});
afterAll(() => server?.stop());

describe.each(Object.keys(DAMAGES))('a blob that was %s', (how) => {
  const code = how === 'gone' ? 'ARTIFACT_MISSING' : 'ARTIFACT_DAMAGED';
  const status = how === 'gone' ? 404 : 500;
  // 1.0.0 was champion before: it can be rolled back to; 1.0.1 is champion; 1.0.2 challenges it.
  const [former, champion, challenger] = [0, 1, 2] as const;

  test('is refused as a download, whole or in part, before the first byte; health counts it, an ADMIN is told which', async () => {
    expect(await health()).toEqual({ status: 'ok', damagedArtifacts: 0 });
    const sha256 = digests[champion] ?? '';
    expect((await get(sha256, { range: 'bytes=0-3' })).status).toBe(206);
    await DAMAGES[how]?.(blob(sha256));
    for (const headers of [{}, { range: 'bytes=0-3' }, { range: 'bytes=-1' }] as Record<string, string>[]) {
      const response = await get(sha256, headers);
      expect(response.status).toBe(status);
      expect(response.headers.get('etag')).toBeNull();
      expect(response.headers.get('content-disposition')).toBeNull();
      expect(await response.json()).toMatchObject({ code, message: expect.stringContaining('restore it from a backup') });
    }
    expect((await get(sha256, {}, 'HEAD')).status).toBe(status);
    for (const path of ['/health', '/health/ready']) expect(await health(path)).toEqual({ status: 'degraded', damagedArtifacts: 1 });
    const { damagedArtifacts } = await api.query(DAMAGED);
    const state = code.slice('ARTIFACT_'.length);
    expect(damagedArtifacts).toEqual([{ sha256, state, detail: expect.any(String), foundAt: expect.any(String), versions: ['m_v1.0.1'] }]);
    expect(await createApi(server.url, null).refusal(DAMAGED)).toBe('FORBIDDEN');
    expect(JSON.stringify(damagedArtifacts)).not.toContain(server.home);
  });

  test('answers no prediction, though its model is loaded already, until it is restored', async () => {
    expect((await predict('1.0.1')).errors?.[0]?.extensions.code).toBe(code);
    await restore(champion);
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'ok', damagedArtifacts: 0 });
    expect((await predict('1.0.1')).errors).toBeUndefined();
    expect((await get(digests[champion] ?? '')).status).toBe(200);
  });

  test('is neither promoted nor rolled back to', async () => {
    await DAMAGES[how]?.(blob(digests[challenger] ?? ''));
    await DAMAGES[how]?.(blob(digests[former] ?? ''));
    const { promote } = await api.query(PROMOTE, { input: { model: 'm', version: '1.0.2' } });
    expect(promote.outcome).toBe('REFUSED');
    expect(promote.decision.rules).toContainEqual(expect.objectContaining({ rule: 'ARTIFACT_VALID', passed: false }));
    expect(await api.refusal(ROLLBACK, { input: { model: 'm', version: '1.0.0', reason: 'back' } })).toBe(code);
    expect(await health()).toEqual({ status: 'degraded', damagedArtifacts: 2 });
    await restore(challenger);
    await restore(former);
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'ok', damagedArtifacts: 0 });
  });

  test('is not measured, and no benchmark is read that was', async () => {
    const evaluate = 'mutation { evaluate(input: { model: "m", version: "1.0.2", benchmark: "field" }) { id } }';
    const failure = async (sha256: string): Promise<string> => {
      const whole = await readFile(blob(sha256));
      await DAMAGES[how]?.(blob(sha256));
      const { id } = (await api.query(evaluate)).evaluate;
      const state = async () => (await api.query('query ($id: ID!) { evaluation(id: $id) { status error } }', { id })).evaluation;
      await expect.poll(async () => (await state()).status, { timeout: 20_000 }).toBe('FAILED');
      const { error } = await state();
      await rm(blob(sha256), { force: true });
      await writeFile(blob(sha256), whole);
      return error;
    };
    expect(await failure(digests[challenger] ?? '')).toMatch(how === 'gone' ? /gone from the store/ : /instead of the recorded/);
    expect(await failure(field)).toMatch(how === 'gone' ? /gone from the store/ : /instead of the recorded/);
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'ok', damagedArtifacts: 0 });
  });
});

describe('health', () => {
  test("learns of a champion's damage at the start, without anybody asking, and of a repair by upload at once", async () => {
    const [former = '', champion = ''] = digests;
    await DAMAGES['one bit flipped']?.(blob(champion));
    await DAMAGES.gone?.(blob(former));
    server = await server.restart({ JUARA_SCRUB_HOURS: '0' });
    api = createApi(server.url, server.token);
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'degraded', damagedArtifacts: 1 });
    expect(server.logs().stderr).toContain(champion);
    for (const bytes of bytesOf) await api.upload(bytes);
    expect(await health()).toEqual({ status: 'ok', damagedArtifacts: 0 });
    expect((await get(champion)).status).toBe(200);
  });

  test('learns of damage to any version and benchmark by the rounds of the server', async () => {
    await DAMAGES['cut short']?.(blob(digests[2] ?? ''));
    await DAMAGES['one bit flipped']?.(blob(field));
    server = await server.restart({ JUARA_SCRUB_HOURS: '24' });
    api = createApi(server.url, server.token);
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'degraded', damagedArtifacts: 2 });
    await restore(2);
    await chmod(blob(field), 0o644);
    await writeFile(blob(field), spelledBenchmark(LABELS, ANSWERS));
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'ok', damagedArtifacts: 0 });
  });

  test('counts a link in the place of a blob, which is not followed', async () => {
    const sha256 = digests[2] ?? '';
    const elsewhere = join(server.home, 'elsewhere');
    await writeFile(elsewhere, bytesOf[2] ?? '');
    await rm(blob(sha256));
    await symlink(elsewhere, blob(sha256));
    const response = await get(sha256);
    expect(response.status).toBe(500);
    const answer = await response.text();
    expect(JSON.parse(answer)).toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    expect(answer).not.toContain(server.home);
    expect(await health()).toEqual({ status: 'degraded', damagedArtifacts: 1 });
    const verified = await runJuara(['verify', '--home', server.home]);
    expect(verified.code).not.toBe(0);
    await restore(2);
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'ok', damagedArtifacts: 0 });
  });

  test('counts a large blob whose damage is noticed on the way only: the download breaks off short', async () => {
    const sha256 = await api.upload(randomBytes(65 * 2 ** 20));
    await DAMAGES['one bit flipped']?.(blob(sha256));
    const response = await get(sha256);
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
    await expect.poll(() => health(), { timeout: 20_000 }).toEqual({ status: 'degraded', damagedArtifacts: 1 });
    expect((await get(sha256)).status).toBe(500);
    expect((await get(sha256, { range: 'bytes=0-3' })).status).toBe(500);
  });
});
