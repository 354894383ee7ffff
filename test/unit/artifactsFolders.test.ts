import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, readFile, readlink, realpath, rename, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { reconcileFolders } from '../../src/artifacts/reconcileFolders.js';
import type { Version } from '../../src/domain/records.js';
import { parseRegistryDocument } from '../../src/domain/registryDocument.js';
import { aModel, aVersion, type MirrorHome, mirrorHome } from '../support/mirrorHome.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const opened: MirrorHome[] = [];
afterEach(async () => {
  for (const home of opened.splice(0)) await home.close();
});

async function open(options: Parameters<typeof mirrorHome>[0] = {}): Promise<MirrorHome> {
  const made = await mirrorHome(options);
  opened.push(made);
  return made;
}

interface Scene extends MirrorHome {
  readonly a: Version;
  readonly b: Version;
}

/** Model m: champion 1.0.0 (a), challenger 1.0.1 (b), each with weights of its own and one shared file. */
async function scene(options: Parameters<typeof mirrorHome>[0] = {}): Promise<Scene> {
  const home = await open(options);
  await home.store.inTransaction((tx) => tx.insertModel(aModel('m')));
  await home.folders.registryChanged('m');
  const mappings = await home.upload('class_mappings.json', '{"magnitude":{"0":"Large"}}');
  const a = aVersion('m', '1.0.0', 'CHALLENGER', { files: [await home.upload('best_model.onnx', 'weights of 1.0.0'), mappings] });
  const b = aVersion('m', '1.0.1', 'CHALLENGER', { files: [await home.upload('best_model.onnx', 'weights of 1.0.1'), mappings] });
  await home.register(a);
  const [champion = a] = await home.crown(null, a);
  await home.register(b);
  return { ...home, a: champion, b };
}

const read = (home: string, path: string): Promise<string> => readFile(join(home, path), 'utf8');
const list = async (home: string, path: string): Promise<string[]> => (await readdir(join(home, path))).sort();
const metadataOf = async (folder: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(folder, 'metadata.json'), 'utf8'));

/** Everything under the role folders and versions/, as text: equal texts are equal mirrors. */
async function picture(home: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const top of ['champion', 'challenger', 'archive', 'versions', 'tmp']) {
    for (const entry of await readdir(join(home, top), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isSymbolicLink()) seen[path.slice(home.length + 1)] = `-> ${await readlink(path)}`;
      else if (entry.isFile()) seen[path.slice(home.length + 1)] = await readFile(path, 'utf8');
    }
  }
  return seen;
}

describe('a change of roles', () => {
  it('keeps one real folder per version and leads to it by links', async () => {
    const { home, a, b, crown, errors } = await scene();
    expect(await readlink(join(home, 'champion/m'))).toBe('../versions/m_v1.0.0');
    expect(await list(home, 'challenger')).toEqual(['m_v1.0.1']);
    await crown(a, b);
    expect(await readlink(join(home, 'champion/m'))).toBe('../versions/m_v1.0.1');
    expect(await list(home, 'challenger')).toEqual([]);
    expect(await list(home, 'archive')).toEqual(['m_v1.0.0']);
    expect(await read(home, 'champion/m/best_model.onnx')).toBe('weights of 1.0.1');
    expect(await read(home, 'archive/m_v1.0.0/best_model.onnx')).toBe('weights of 1.0.0');
    expect(await metadataOf(join(home, 'champion/m'))).toMatchObject({ model_id: 'm_v1.0.1', status: 'active' });
    expect(await metadataOf(join(home, 'archive/m_v1.0.0'))).toMatchObject({ status: 'archived', reason: 'replaced' });
    expect(await list(home, 'tmp')).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('stores no byte twice: the folder holds hard links to the blobs', async () => {
    const { home, b, blobs } = await scene();
    for (const file of b.files) {
      const [inFolder, blob] = await Promise.all([stat(join(home, 'versions', b.id, file.name)), stat(blobs.localPath(file.sha256))]);
      expect(inFolder.ino).toBe(blob.ino);
    }
  });

  it('changes nothing before apply, and leaves nothing after discard', async () => {
    const { home, folders, a, b } = await scene();
    const before = await picture(home);
    const fresh = aVersion('m', '2.0.0', 'CHALLENGER', { files: b.files });
    const staged = await folders.stage([{ ...a, status: 'ARCHIVED' }, { ...b, status: 'CHAMPION' }, fresh]);
    const { tmp: _tmp, ...during } = Object.fromEntries(Object.entries(await picture(home)).filter(([path]) => !path.startsWith('tmp/')));
    expect(during).toEqual(before);
    await staged.discard();
    expect(await picture(home)).toEqual(before);
  });

  it('takes the later of two changes, whichever is applied last', async () => {
    const { home, folders, a, b } = await scene();
    const first = await folders.stage([
      { ...a, status: 'ARCHIVED' },
      { ...b, status: 'CHAMPION' },
    ]);
    const second = await folders.stage([
      { ...b, status: 'ARCHIVED' },
      { ...a, status: 'CHAMPION' },
    ]);
    await second.apply();
    await first.apply();
    expect(await readlink(join(home, 'champion/m'))).toBe('../versions/m_v1.0.0');
    expect(await list(home, 'archive')).toEqual(['m_v1.0.1']);
    expect(await metadataOf(join(home, 'champion/m'))).toMatchObject({ status: 'active' });
  });

  it('is refused before the commit where something else stands in the way', async () => {
    const { home, folders, a, b } = await scene();
    await mkdir(join(home, 'archive/m_v1.0.0'));
    await writeFile(join(home, 'archive/m_v1.0.0/mine.txt'), 'mine');
    const before = await picture(home);
    await expect(
      folders.stage([
        { ...a, status: 'ARCHIVED' },
        { ...b, status: 'CHAMPION' },
      ]),
    ).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    expect(await picture(home)).toEqual(before);
  });

  it('is refused before the commit where nothing can be written', async () => {
    const { home, folders, a, b } = await scene();
    const before = await picture(home);
    const root = process.getuid?.() === 0;
    await chmod(home, 0o755);
    await chmod(join(home, 'tmp'), 0o555);
    if (root) process.seteuid?.(65534);
    try {
      const change: Version[] = [
        { ...a, status: 'ARCHIVED' },
        { ...b, status: 'CHAMPION' },
      ];
      await expect(folders.stage(change)).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    } finally {
      if (root) process.seteuid?.(0);
      await chmod(join(home, 'tmp'), 0o755);
    }
    expect(await picture(home)).toEqual(before);
  });

  // access(2) asks for the real user, whom a test can't change for a while as it can the effective one.
  it.skipIf(process.getuid?.() === 0)('is refused before the commit where a role folder is read-only', async () => {
    const { home, folders, b } = await scene();
    await chmod(join(home, 'champion'), 0o555);
    await expect(folders.stage([{ ...b, status: 'CHAMPION' }])).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    await chmod(join(home, 'champion'), 0o755);
    expect(await list(home, 'tmp')).toEqual([]);
  });

  it('never reaches outside of the home', async () => {
    const { folders } = await scene();
    for (const id of ['../x_v1.0.0', 'm_v1.0.0/../../x', 'm', 'm_v 1.0.0']) await expect(folders.readMetadata(id)).rejects.toThrow();
    const bad = aVersion('m', '1.0.5', 'CHALLENGER', { files: [{ name: '../escape', sha256: 'a'.repeat(64), bytes: 1, mediaType: 'x' }] });
    const blob = { ...bad, files: [{ ...bad.files[0], name: 'ok', sha256: '../../secret', bytes: 1, mediaType: 'x' }] };
    await expect(folders.stage([bad])).rejects.toMatchObject({ code: 'INVALID_NAME' });
    await expect(folders.stage([blob])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('answers with metadata.json as it stands, null where there is none or it is no JSON', async () => {
    const { home, folders } = await scene();
    expect(await folders.readMetadata('m_v1.0.1')).toMatchObject({ model_id: 'm_v1.0.1', juara: { model: { tasks: [] } } });
    await writeFile(join(home, 'versions/m_v1.0.1/metadata.json'), '{"half": ');
    expect(await folders.readMetadata('m_v1.0.1')).toBeNull();
    expect(await folders.readMetadata('m_v9.9.9')).toBeNull();
  });

  it('reports what fails after the commit, and mends it with the next document', async () => {
    let fail = true;
    const { home, a, b, crown, errors, folders } = await scene({
      failpoint: (name) => {
        if (name === 'folders-after-champion' && fail && opened.length > 0 && armed) throw new Error('disk gone');
      },
    });
    armed = true;
    try {
      await crown(a, b);
    } finally {
      fail = false;
      armed = false;
    }
    expect(errors).toEqual([expect.objectContaining({ message: 'disk gone' })]);
    await folders.registryChanged('m');
    expect(await readlink(join(home, 'champion/m'))).toBe('../versions/m_v1.0.1');
    expect(await list(home, 'challenger')).toEqual([]);
    expect(await list(home, 'archive')).toEqual(['m_v1.0.0']);
    expect(await metadataOf(join(home, 'archive/m_v1.0.0'))).toMatchObject({ status: 'archived' });
  });
});
let armed = false;

describe('a reader who resolves champion/<model> once', () => {
  it('sees one whole version, however often it is swapped meanwhile', { timeout: 60_000 }, async () => {
    const { home, folders, a, b } = await scene();
    let swapping = true;
    const reader = async (): Promise<number> => {
      let reads = 0;
      while (swapping) {
        const folder = await realpath(join(home, 'champion/m'));
        const [weights, metadata] = await Promise.all([readFile(join(folder, 'best_model.onnx'), 'utf8'), metadataOf(folder)]);
        expect(weights).toBe(`weights of ${metadata.version}`);
        expect(folder.endsWith(String(metadata.model_id))).toBe(true);
        reads++;
      }
      return reads;
    };
    const readers = Promise.all([reader(), reader(), reader()]);
    try {
      for (let i = 0; i < 200; i++) {
        const [to, from] = i % 2 === 0 ? [b, a] : [a, b];
        const staged = await folders.stage([
          { ...from, status: 'ARCHIVED' },
          { ...to, status: 'CHAMPION' },
        ]);
        await staged.apply();
      }
    } finally {
      swapping = false;
    }
    for (const reads of await readers) expect(reads).toBeGreaterThan(10);
  });
});

describe('a promotion broken off', () => {
  it('leaves one whole champion at every step, and a start mends the rest', { timeout: 60_000 }, async () => {
    const copies: { name: string; home: string }[] = [];
    let watching = false;
    const home = await temporaryFolder();
    const { a, b, crown, folders } = await scene({
      home,
      failpoint: async (name) => {
        if (!watching) return;
        const copy = await temporaryFolder();
        execFileSync('cp', ['-a', `${home}/.`, copy]);
        copies.push({ name, home: copy });
      },
    });
    watching = true;
    await crown(a, b);
    watching = false;
    expect(copies.length).toBeGreaterThanOrEqual(12);
    const wanted = await picture(home);
    await folders.flush();
    for (const copy of copies) {
      const folder = await realpath(join(copy.home, 'champion/m'));
      const metadata = await metadataOf(folder);
      expect(metadata, copy.name).toMatchObject({ status: 'active' });
      expect(await readFile(join(folder, 'best_model.onnx'), 'utf8')).toBe(`weights of ${metadata.version}`);
      const reachable = new Set<string>();
      for (const role of ['champion', 'challenger', 'archive']) {
        for (const name of await list(copy.home, role))
          reachable.add((await readlink(join(copy.home, role, name))).split('/').at(-1) ?? '');
      }
      expect([...reachable].sort(), copy.name).toEqual(['m_v1.0.0', 'm_v1.0.1']);
      const restarted = await open({ home: copy.home });
      const { problems } = await reconcileFolders(restarted.store.reads, restarted.folders);
      expect(problems, copy.name).toEqual([]);
      expect(await picture(copy.home), copy.name).toEqual(wanted);
      const { champion } = parseRegistryDocument(JSON.parse(await read(copy.home, 'model_registry.json')));
      expect(champion?.version, copy.name).toBe('1.0.1');
      expect(restarted.errors).toEqual([]);
    }
  });
});

describe('start-up', () => {
  it('finds nothing to do where nothing is wrong', async () => {
    const { store, folders } = await scene();
    expect(await reconcileFolders(store.reads, folders)).toEqual({ repaired: [], problems: [] });
  });

  it('makes the whole mirror again from the database and the blobs', async () => {
    const { home, store, folders, a, b, crown } = await scene();
    await crown(a, b);
    const wanted = await picture(home);
    for (const name of ['champion', 'challenger', 'archive', 'versions', 'tmp', 'model_registry.json']) {
      await rm(join(home, name), { recursive: true, force: true });
    }
    // A process that starts now knows nothing of the folders that were there.
    const again = await open({ home });
    const { problems, repaired } = await reconcileFolders(again.store.reads, again.folders);
    expect(problems).toEqual([]);
    expect(repaired.length).toBeGreaterThan(0);
    expect(await picture(home)).toEqual(wanted);
    expect(JSON.parse(await read(home, 'model_registry.json')).champion.version).toBe('1.0.1');
    expect(await reconcileFolders(store.reads, folders)).toEqual({ repaired: [], problems: [] });
  });

  it('puts wrong links, contents and leftovers right, and leaves what is not ours alone', async () => {
    const { home, store, folders, blobs, a } = await scene();
    const wanted = await picture(home);
    await rm(join(home, 'champion/m'));
    await symlink('../versions/m_v1.0.1', join(home, 'champion/m'));
    await symlink('../versions/m_v1.0.0', join(home, 'archive/m_v1.0.0'));
    await symlink('../versions/m_v1.0.0', join(home, 'archive/m_v0.0.9'));
    await writeFile(join(home, 'versions/m_v1.0.1/metadata.json'), '{"half": ');
    await rm(join(home, 'versions/m_v1.0.0/best_model.onnx'));
    await writeFile(join(home, 'versions/m_v1.0.0/best_model.onnx'), 'swapped');
    await rm(join(home, 'versions/m_v1.0.1/class_mappings.json'));
    await writeFile(join(home, 'tmp/left'), 'over');
    await mkdir(join(home, 'blobs/tmp'), { recursive: true });
    await writeFile(join(home, 'blobs/tmp/left'), 'over');
    const { repaired, problems } = await reconcileFolders(store.reads, folders);
    expect(problems).toEqual([]);
    expect(repaired.length).toBe(6);
    expect(await picture(home)).toEqual(wanted);
    expect(await list(home, 'blobs/tmp')).toEqual([]);

    await mkdir(join(home, 'challenger/mine'));
    await mkdir(join(home, 'versions/other_v1.0.0'));
    await symlink('/etc', join(home, 'champion/etc'));
    await writeFile(join(home, 'versions/m_v1.0.1/notes.txt'), 'mine');
    await rm(blobs.localPath((a.files[0] as { sha256: string }).sha256));
    await rm(join(home, 'versions/m_v1.0.0/best_model.onnx'));
    const second = await reconcileFolders(store.reads, folders);
    expect(second.problems.map((p) => p.split(':')[0]).sort()).toEqual([
      'challenger/mine',
      'champion/etc',
      'versions/m_v1.0.0/best_model.onnx',
      'versions/m_v1.0.1/notes.txt',
      'versions/other_v1.0.0',
    ]);
    expect((await lstat(join(home, 'challenger/mine'))).isDirectory()).toBe(true);
    expect(await readlink(join(home, 'champion/etc'))).toBe('/etc');
  });

  it('gives a lost blob its bytes back from the folder that still holds them, and only the right ones', async () => {
    const { home, store, folders, blobs, a, b } = await scene();
    const [lost, wrong] = [a.files[0]?.sha256 ?? '', b.files[0]?.sha256 ?? ''];
    await unlink(blobs.localPath(lost));
    await unlink(blobs.localPath(wrong));
    await rm(join(home, 'versions/m_v1.0.1/best_model.onnx'));
    await writeFile(join(home, 'versions/m_v1.0.1/best_model.onnx'), 'other bytes');
    const { repaired, problems } = await reconcileFolders(store.reads, folders);
    expect(repaired).toEqual([expect.stringContaining('versions/m_v1.0.0/best_model.onnx')]);
    expect(problems).toEqual([expect.stringContaining('versions/m_v1.0.1/best_model.onnx')]);
    expect(await blobs.verify(lost)).toBe('ok');
    expect(await blobs.verify(wrong)).toBe('missing');
  });

  it('takes the champion link away from a model that has no champion', async () => {
    const { home, store, folders } = await scene();
    await store.inTransaction(async (tx) => {
      await tx.updateVersion('m_v1.0.0', { status: 'ARCHIVED' });
      await tx.updateModel('m', { champion: null });
    });
    await reconcileFolders(store.reads, folders);
    expect(await list(home, 'champion')).toEqual([]);
    expect(await list(home, 'archive')).toEqual(['m_v1.0.0']);
  });
});

describe('the registry document', () => {
  it('is model_registry.json for the oldest model, and named after every other', async () => {
    const { home, store, folders } = await scene();
    await store.inTransaction((tx) => tx.insertModel(aModel('later', { createdAt: aModel('x').createdAt + 1 })));
    await folders.registryChanged('later');
    expect((await list(home, '.')).filter((n) => n.startsWith('model_registry'))).toEqual([
      'model_registry.json',
      'model_registry.later.json',
    ]);
    await store.inTransaction((tx) => tx.insertModel(aModel('first', { createdAt: aModel('x').createdAt - 1 })));
    await folders.registryChanged('first');
    expect((await list(home, '.')).filter((n) => n.startsWith('model_registry'))).toEqual([
      'model_registry.json',
      'model_registry.later.json',
      'model_registry.m.json',
    ]);
    expect(JSON.parse(await read(home, 'model_registry.json')).juara.name).toBe('first');
    expect(JSON.parse(await read(home, 'model_registry.m.json')).champion.model_id).toBe('m_v1.0.0');
    expect(await folders.registryDocument('nobody')).toBeNull();
    expect(await folders.registryDocument('m')).toMatchObject({ champion: { path: 'champion/m/best_model.onnx' } });
  });

  it('says what was committed before the call, however many calls there are', async () => {
    const { home, store, folders } = await scene();
    let writes = 0;
    const calls = Array.from({ length: 30 }, async (_, i) => {
      await store.inTransaction((tx) => tx.insertVersion(aVersion('m', `2.0.${i}`, 'CHALLENGER')));
      await folders.registryChanged('m');
      const { all_versions } = JSON.parse(await read(home, 'model_registry.json'));
      expect(all_versions.map((v: { version: string }) => v.version)).toContain(`2.0.${i}`);
      writes++;
    });
    await Promise.all(calls);
    expect(writes).toBe(30);
  });

  it('is written in the background for a model of many versions, and by flush at the latest', async () => {
    const { home, store, folders } = await scene();
    await store.inTransaction(async (tx) => {
      for (let i = 0; i < 210; i++) await tx.insertVersion(aVersion('m', `2.0.${i}`, 'CHALLENGER'));
    });
    await folders.registryChanged('m');
    await store.inTransaction((tx) => tx.insertVersion(aVersion('m', '3.0.0', 'CHALLENGER')));
    await folders.registryChanged('m');
    const versions = async (): Promise<number> => JSON.parse(await read(home, 'model_registry.json')).all_versions.length;
    expect(await versions()).toBe(212);
    await folders.flush();
    expect(await versions()).toBe(213);
  });

  it('keeps what another program wrote in its place', async () => {
    const home = await open();
    await writeFile(join(home.home, 'model_registry.json'), '{"registry_version": "2.0.0"}');
    await home.store.inTransaction((tx) => tx.insertModel(aModel('m')));
    await home.folders.registryChanged('m');
    expect(await read(home.home, 'model_registry.json.original')).toBe('{"registry_version": "2.0.0"}');
    expect(JSON.parse(await read(home.home, 'model_registry.json')).juara.name).toBe('m');
  });

  it('reports an error instead of failing a change that is committed', async () => {
    const { home, folders, errors } = await scene();
    await rm(join(home, 'tmp'), { recursive: true });
    await writeFile(join(home, 'tmp'), 'in the way');
    await folders.registryChanged('m');
    expect(errors.length).toBe(1);
    await rm(join(home, 'tmp'));
    await rename(join(home, 'archive'), join(home, 'tmp'));
  });

  it('carries new facts of the model into the metadata of all its versions', async () => {
    const { home, store, folders } = await scene();
    await store.inTransaction((tx) => tx.updateModel('m', { description: 'reads spectrograms' }));
    await folders.registryChanged('m');
    for (const id of ['m_v1.0.0', 'm_v1.0.1']) {
      expect(await metadataOf(join(home, 'versions', id))).toMatchObject({ juara: { model: { description: 'reads spectrograms' } } });
    }
  });
});
