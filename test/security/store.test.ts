import { execFileSync } from 'node:child_process';
import { cp, link, lstat, mkdir, mkdtemp, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { runJuara } from '../support/juara.js';
import { runBinary, startTestServer, type TestServer } from '../support/server.js';
import { createModel, promote, register } from '../support/steps.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { treeSnapshot } from '../support/treeSnapshot.js';

/**
 * Somebody plants links, pipes and folders in a registry's home while it is stopped or runs. Nothing they lead to is read, changed or
 * deleted, the server starts all the same, and `juara verify` tells what it finds.
 */
const SECRET = '{"stolen": "a secret of this machine"}\n';
const WEIGHTS = Buffer.from('weights of 1.0.1');

/** A whole home with a champion and a challenger, to be copied; beside it what no registry may touch. */
let original = '';
let token = '';
let champion = '';
let challenger = '';
const servers: TestServer[] = [];

beforeAll(async () => {
  const server = await startTestServer({ JUARA_HOME: join(await temporaryFolder(), 'home') });
  const api = createApi(server.url, server.token);
  await createModel(api, 'm');
  const metrics = { accuracy: 90 };
  await register(api, 'm', { version: '1.0.0', metrics, files: { 'w.bin': Buffer.from('weights of 1.0.0'), 'x.txt': Buffer.from('x') } });
  await register(api, 'm', { version: '1.0.1', metrics, files: { 'w.bin': WEIGHTS } });
  await promote(api, 'm', '1.0.0');
  const files = async (version: string): Promise<string> => {
    const { version: found } = await api.query('query ($v: SemVer!) { version(model: "m", version: $v) { files { name sha256 } } }', {
      v: version,
    });
    return found.files.find((f: { name: string }) => f.name === 'w.bin').sha256;
  };
  [champion, challenger] = await Promise.all([files('1.0.0'), files('1.0.1')]);
  await server.stop();
  [original, token] = [server.home, server.token];
});
afterAll(() => Promise.all(servers.map((s) => s.stop())));

interface Scene {
  /** Holds the home and what lies outside of it. */
  readonly root: string;
  readonly home: string;
  /** A file and a folder that are nobody's but their owner's. */
  readonly secret: string;
  readonly folder: string;
  readonly blob: (sha256: string) => string;
}

async function scene(): Promise<Scene> {
  const root = await mkdtemp(join(await temporaryFolder(), 'scene-'));
  const home = join(root, 'home');
  await cp(original, home, { recursive: true, verbatimSymlinks: true });
  const [secret, folder] = [join(root, 'secret.json'), join(root, 'folder')];
  await writeFile(secret, SECRET);
  await mkdir(folder);
  await writeFile(join(folder, 'metadata.json'), SECRET);
  await writeFile(join(folder, 'precious'), 'data');
  return { root, home, secret, folder, blob: (sha256) => join(home, 'blobs', sha256.slice(0, 2), sha256) };
}

async function serve(home: string): Promise<{ server: TestServer; api: Api }> {
  const server = await startTestServer({ JUARA_HOME: home, JUARA_LOG_LEVEL: 'info' });
  servers.push(server);
  return { server, api: createApi(server.url, token) };
}

async function inPlace(path: string, plant: (path: string) => Promise<unknown>): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  await plant(path);
}

type Plant = (scene: Scene) => Promise<void>;
const fifo = async (path: string): Promise<void> => void execFileSync('mkfifo', [path]);
const folderOf = (path: string): Promise<void> => mkdir(path).then(() => writeFile(join(path, 'precious'), 'data'));
const version = ({ home }: Scene, name: string): string => join(home, 'versions/m_v1.0.0', name);

const PLANTED: readonly [string, Plant][] = [
  ['a link in the place of a blob', (s) => inPlace(s.blob(champion), (p) => symlink(s.secret, p))],
  ['a link to a missing file in the place of a blob', (s) => inPlace(s.blob(champion), (p) => symlink('/nowhere', p))],
  ['a folder in the place of a blob', (s) => inPlace(s.blob(champion), folderOf)],
  ['a pipe in the place of a blob', (s) => inPlace(s.blob(champion), fifo)],
  ['a hard link to another file in the place of a blob', (s) => inPlace(s.blob(champion), (p) => link(s.secret, p))],
  ['a link in the place of a folder of blobs', (s) => inPlace(dirname(s.blob(champion)), (p) => symlink(s.folder, p))],
  ["a link in the place of a version's file", (s) => inPlace(version(s, 'w.bin'), (p) => symlink(s.secret, p))],
  ["a folder in the place of a version's file", (s) => inPlace(version(s, 'w.bin'), folderOf)],
  ["a pipe in the place of a version's file", (s) => inPlace(version(s, 'w.bin'), fifo)],
  ['a link in the place of metadata.json', (s) => inPlace(version(s, 'metadata.json'), (p) => symlink(s.secret, p))],
  ['a folder in the place of metadata.json', (s) => inPlace(version(s, 'metadata.json'), folderOf)],
  ['a pipe in the place of metadata.json', (s) => inPlace(version(s, 'metadata.json'), fifo)],
  ["a link in the place of a version's folder", (s) => inPlace(version(s, ''), (p) => symlink(s.folder, p.replace(/\/$/, '')))],
  ['a link to elsewhere as champion', (s) => inPlace(join(s.home, 'champion/m'), (p) => symlink(s.folder, p))],
  ['a real folder as champion', (s) => inPlace(join(s.home, 'champion/m'), folderOf)],
  ['a link in the place of tmp', (s) => inPlace(join(s.home, 'tmp'), (p) => symlink(s.folder, p))],
  ['a link in the place of blobs/tmp', (s) => inPlace(join(s.home, 'blobs/tmp'), (p) => symlink(s.folder, p))],
  ['links in tmp', (s) => inPlace(join(s.home, 'tmp/x'), (p) => symlink(s.folder, p))],
  ['a link in the place of model_registry.json', (s) => inPlace(join(s.home, 'model_registry.json'), (p) => symlink(s.secret, p))],
  ['a folder in the place of model_registry.json', (s) => inPlace(join(s.home, 'model_registry.json'), folderOf)],
  ['a pipe in the place of model_registry.json', (s) => inPlace(join(s.home, 'model_registry.json'), fifo)],
];

const outside = ({ root, home }: Scene): Promise<Record<string, string>> => treeSnapshot(root, [home]);

describe('planted while the server was stopped', () => {
  test.each(PLANTED)(
    '%s: nothing outside is read, changed or deleted, and the server serves',
    { timeout: 60_000 },
    async (_what, plant) => {
      const s = await scene();
      await plant(s);
      const precious = await treeSnapshot(s.home).then((tree) => Object.keys(tree).filter((path) => path.endsWith('precious')));
      const before = await outside(s);
      const { server, api } = await serve(s.home);

      const { champion: crowned } = await api.query('{ champion(model: "m") { version files { sha256 } } }');
      expect(crowned.version).toBe('1.0.0');
      const answer = await api.send('{ version(model: "m", version: "1.0.0") { metadata } }');
      expect(JSON.stringify(answer)).not.toContain('stolen');
      expect(answer.errors?.[0]?.extensions.code ?? 'fine').not.toBe('INTERNAL_SERVER_ERROR');
      const download = await fetch(`${server.url}/artifacts/${champion}`);
      const body = await download.text();
      if (download.status === 200) expect(body).toBe('weights of 1.0.0');
      else expect(JSON.parse(body)).toMatchObject({ code: expect.stringMatching(/^ARTIFACT_(DAMAGED|MISSING)$/) });
      await register(api, 'm', { version: '1.0.2', metrics: { accuracy: 91 }, files: { 'w.bin': Buffer.from('weights of 1.0.2') } });

      expect(await outside(s)).toEqual(before);
      for (const path of precious) expect(await readFile(join(s.home, path), 'utf8')).toBe('data');
      expect(await server.stop()).toEqual({ code: 0, signal: null });
    },
  );

  test('what is wrong with it is told by `juara verify`', { timeout: 120_000 }, async () => {
    const told: Record<string, string> = {
      'a link in the place of a blob': 'DAMAGED',
      'a pipe in the place of a blob': 'DAMAGED',
      'a hard link to another file in the place of a blob': 'DAMAGED',
      "a link in the place of a version's file": 'LINK_WRONG',
      "a pipe in the place of a version's file": 'LINK_WRONG',
      'a link in the place of metadata.json': 'METADATA_WRONG',
      'a pipe in the place of metadata.json': 'METADATA_WRONG',
      "a link in the place of a version's folder": 'METADATA_WRONG',
    };
    for (const [what, plant] of PLANTED.filter(([name]) => name in told)) {
      const s = await scene();
      await plant(s);
      const { code, stdout } = await runJuara(['verify', '--home', s.home, '--json']);
      expect(code, what).toBe(1);
      const kinds = (JSON.parse(stdout) as { problems: { kind: string; version: string }[] }).problems.map((p) => `${p.kind} ${p.version}`);
      expect(kinds, what).toContain(`${told[what]} m_v1.0.0`);
      expect(stdout, what).not.toContain('stolen');
    }
  });

  test.each(['juara.db', 'juara.lock', 'admin.token.pending'])('a folder in the place of %s is a refusal in words', async (name) => {
    const s = await scene();
    await inPlace(join(s.home, name), folderOf);
    const { code, stderr } = await runBinary(['serve'], { JUARA_HOME: s.home, JUARA_PORT: '0' });
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(/^juara: [A-Z_]+: \S+/);
    expect(stderr).not.toMatch(/\bat .*\.(js|ts):\d/);
    expect(await readFile(join(s.home, name, 'precious'), 'utf8')).toBe('data');
  });
});

test('links that wait for a first start do not take the first secret elsewhere', async () => {
  const root = await temporaryFolder();
  const [home, secret] = [join(root, 'home'), join(root, 'secret')];
  await mkdir(home);
  await writeFile(secret, SECRET);
  for (const name of ['admin.token', 'admin.token.new']) await symlink(secret, join(home, name));
  const server = await startTestServer({ JUARA_HOME: home });
  servers.push(server);
  expect(await readFile(secret, 'utf8')).toBe(SECRET);
  expect((await lstat(join(home, 'admin.token'))).isFile()).toBe(true);
  await server.stop();
  await rm(home, { recursive: true });
  await mkdir(home);
  await symlink(secret, join(home, 'admin.token.pending'));
  expect((await runBinary(['serve'], { JUARA_HOME: home, JUARA_PORT: '0' })).code).toBeGreaterThan(0);
  expect(await readFile(secret, 'utf8')).toBe(SECRET);
});

describe('planted while the server runs', () => {
  let s: Scene;
  let server: TestServer;
  let api: Api;
  beforeAll(async () => {
    s = await scene();
    ({ server, api } = await serve(s.home));
  });
  const put = (bytes: Buffer, digest: string): Promise<Response> =>
    fetch(`${server.url}/artifacts/${digest}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(bytes),
    });

  test.each<[string, (path: string) => Promise<unknown>]>([
    ['a link', (path) => symlink(s.secret, path)],
    ['a folder', folderOf],
    ['a pipe', fifo],
  ])('an upload to a path where %s stands is refused, and nothing is kept', async (_what, plant) => {
    await inPlace(s.blob(challenger), plant);
    const before = await outside(s);
    const response = await put(WEIGHTS, challenger);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    expect(await outside(s)).toEqual(before);
    const { promote: decided } = await api.query(
      'mutation { promote(input: { model: "m", version: "1.0.1" }) { outcome decision { rules { rule passed } } } }',
    );
    expect(decided.outcome).toBe('REFUSED');
    expect(decided.decision.rules).toContainEqual({ rule: 'ARTIFACT_VALID', passed: false });
    await inPlace(s.blob(challenger), (path) => writeFile(path, WEIGHTS));
    expect((await put(WEIGHTS, challenger)).status).toBe(200);
  });

  test('a link in the place of a folder of blobs, of blobs/tmp or of tmp leads no upload and no change out of the home', async () => {
    const fresh = Buffer.from('weights that are new here');
    const digest = (await import('node:crypto')).createHash('sha256').update(fresh).digest('hex');
    const before = await outside(s);
    await inPlace(dirname(s.blob(digest)), (path) => symlink(s.folder, path));
    expect(await (await put(fresh, digest)).json()).toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    await rm(dirname(s.blob(digest)));
    await inPlace(join(s.home, 'blobs/tmp'), (path) => symlink(s.folder, path));
    expect(await (await put(fresh, digest)).json()).toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    await rm(join(s.home, 'blobs/tmp'));
    expect((await put(fresh, digest)).status).toBe(201);
    await rename(join(s.home, 'tmp'), join(s.home, 'tmp.aside'));
    await symlink(s.folder, join(s.home, 'tmp'));
    expect(await api.refusal('mutation { registerVersion(input: { model: "m", metrics: [] }) { version } }')).toBe('ARTIFACT_DAMAGED');
    expect(await outside(s)).toEqual(before);
    await rm(join(s.home, 'tmp'));
    await rename(join(s.home, 'tmp.aside'), join(s.home, 'tmp'));
    await api.query('mutation { registerVersion(input: { model: "m", metrics: [] }) { version } }');
  });

  test('metadata of a version is not read from where a link leads', async () => {
    const place = join(s.home, 'versions/m_v1.0.1');
    await inPlace(join(place, 'metadata.json'), (path) => symlink(s.secret, path));
    const ask = () => api.send('{ version(model: "m", version: "1.0.1") { metadata } }');
    expect(JSON.stringify(await ask())).not.toContain('stolen');
    await rename(place, `${place}.aside`);
    await symlink(s.folder, place);
    expect(JSON.stringify(await ask())).not.toContain('stolen');
    expect((await lstat(place)).isSymbolicLink()).toBe(true);
    expect(await readlink(place)).toBe(s.folder);
    await rm(place);
    await rename(`${place}.aside`, place);
  });
});
