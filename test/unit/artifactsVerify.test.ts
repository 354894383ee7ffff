import { chmod, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HomeFinding, type HomeVersion, readHome, readRegistryDocuments } from '../../src/artifacts/readHome.js';
import { verifyFiles } from '../../src/artifacts/verifyFiles.js';
import { readEnvelope } from '../../src/domain/dsse.js';
import type { Version } from '../../src/domain/records.js';
import { aModel, aVersion, type MirrorHome, mirrorHome } from '../support/mirrorHome.js';
import { aSigner, aStatement, seal } from '../support/signer.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

let home: MirrorHome;
let a: Version;
let b: Version;
beforeEach(async () => {
  home = await mirrorHome();
  await home.store.inTransaction((tx) => tx.insertModel(aModel('m', { description: 'reads spectrograms' })));
  await home.folders.registryChanged('m');
  const mappings = await home.upload('class_mappings.json', '{"magnitude":{"0":"Large"}}');
  a = aVersion('m', '1.0.0', 'CHALLENGER', { files: [await home.upload('best_model.onnx', 'weights of 1.0.0'), mappings] });
  b = aVersion('m', '1.0.1', 'CHALLENGER', { files: [await home.upload('best_model.onnx', 'weights of 1.0.1'), mappings] });
  await home.register(a);
  a = (await home.crown(null, a))[0] ?? a;
  await home.register(b);
});
afterEach(() => home.close());

const blobOf = (v: Version, i = 0): string => home.blobs.localPath(v.files[i]?.sha256 ?? '');
const verify = (): ReturnType<typeof verifyFiles> => verifyFiles(home.store.reads, home.blobs, home.home);

describe('verifying every byte', () => {
  it('finds nothing wrong in a whole home, hashes each blob once, and counts what no version names', async () => {
    const { sha256 } = await home.upload('x', 'not registered');
    const seen: number[] = [];
    const report = await verifyFiles(home.store.reads, home.blobs, home.home, ({ checked }) => seen.push(checked));
    expect(report).toEqual({ checked: 4, bytes: 73, problems: [], orphans: [sha256] });
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('finds a flipped byte', async () => {
    const bytes = await readFile(blobOf(a));
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    await chmod(blobOf(a), 0o644);
    await writeFile(blobOf(a), bytes);
    const { problems } = await verify();
    expect(problems).toEqual([expect.objectContaining({ version: 'm_v1.0.0', file: 'best_model.onnx', kind: 'DAMAGED' })]);
  });

  it('finds a missing blob in every version that names it', async () => {
    await rm(blobOf(a, 1));
    const { problems } = await verify();
    expect(problems.map((p) => [p.version, p.file, p.kind])).toEqual([
      ['m_v1.0.0', 'class_mappings.json', 'MISSING'],
      ['m_v1.0.1', 'class_mappings.json', 'MISSING'],
    ]);
  });

  it('finds a signature that is not on the recorded files, and one that metadata.json does not have', async () => {
    const digests = Object.fromEntries(a.files.map((file) => [file.name, file.sha256]));
    const sealed = (id: string) => readEnvelope(seal(aStatement(id, digests), aSigner('alice')));
    const put = (id: string) =>
      home.store.inTransaction((tx) =>
        tx.updateVersion(a.id, { signatures: sealed(id).map((s) => ({ ...s, attachedAt: 1, attachedBy: 'pipeline' })) }),
      );
    await put(a.id);
    expect((await verify()).problems).toEqual([expect.objectContaining({ version: a.id, file: 'metadata.json', kind: 'METADATA_WRONG' })]);
    await put(b.id);
    expect((await verify()).problems).toContainEqual(
      expect.objectContaining({ version: a.id, kind: 'SIGNATURE_WRONG', detail: expect.stringContaining('it speaks of "m_v1.0.1"') }),
    );
  });

  it('finds a link in the place of a blob', async () => {
    await rename(blobOf(a), join(home.home, 'moved'));
    await symlink(join(home.home, 'moved'), blobOf(a));
    expect((await verify()).problems).toEqual([expect.objectContaining({ version: 'm_v1.0.0', kind: 'DAMAGED' })]);
  });

  it('finds a replaced, missing or redirected file in a version folder, and takes an equal copy for what it is', async () => {
    const place = join(home.home, 'versions/m_v1.0.1/best_model.onnx');
    await rm(place);
    expect((await verify()).problems).toEqual([
      expect.objectContaining({ version: 'm_v1.0.1', file: 'best_model.onnx', kind: 'LINK_WRONG' }),
    ]);
    await writeFile(place, 'other bytes');
    expect((await verify()).problems).toEqual([expect.objectContaining({ version: 'm_v1.0.1', kind: 'LINK_WRONG' })]);
    await rm(place);
    await symlink(blobOf(a), place);
    expect((await verify()).problems).toEqual([expect.objectContaining({ version: 'm_v1.0.1', kind: 'LINK_WRONG' })]);
    await rm(place);
    await writeFile(place, 'weights of 1.0.1');
    expect((await verify()).problems).toEqual([]);
  });

  it('finds wrong metadata and strange files among the blobs', async () => {
    const path = join(home.home, 'versions/m_v1.0.0/metadata.json');
    const metadata = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...metadata, status: 'archived' }));
    await rm(join(home.home, 'versions/m_v1.0.1/metadata.json'));
    await mkdir(join(home.home, 'blobs/ab'), { recursive: true });
    await writeFile(join(home.home, 'blobs/ab', 'ab'.repeat(32)), 'not these bytes');
    await writeFile(join(home.home, 'blobs/ab/note.txt'), 'x');
    const { problems } = await verify();
    expect(problems.map((p) => [p.version, p.file?.split('/').at(-1), p.kind])).toEqual([
      ['m_v1.0.0', 'metadata.json', 'METADATA_WRONG'],
      ['m_v1.0.1', 'metadata.json', 'METADATA_WRONG'],
      [null, 'ab'.repeat(32), 'DAMAGED'],
      [null, 'note.txt', 'DAMAGED'],
    ]);
  });
});

async function all(folder: string, withBlobs = true): Promise<HomeFinding[]> {
  const found: HomeFinding[] = [];
  for await (const finding of readHome(folder, withBlobs ? home.blobs : undefined)) found.push(finding);
  return found;
}
const whole = (findings: readonly HomeFinding[]): HomeVersion[] => findings.filter((f): f is HomeVersion => f.version !== null);

describe('reading a home without its database', () => {
  it('gives every version as it was, from metadata.json alone', async () => {
    await home.crown(a, b);
    const findings = whole(await all(home.home, false));
    const rows = await home.store.reads.versionSweep('m', null, 10);
    expect(findings.map((f) => f.version)).toEqual(rows);
    expect(findings.map((f) => f.championLink)).toEqual([false, true]);
    expect(findings.flatMap((f) => f.problems)).toEqual([]);
    expect(findings[0]?.model).toMatchObject({ name: 'm', description: 'reads spectrograms' });
    expect(findings[0]?.sources.map((s) => s.file.name)).toEqual(['best_model.onnx', 'class_mappings.json']);
  });

  it('gives the registry documents, and says which is unreadable', async () => {
    await writeFile(join(home.home, 'model_registry.other.json'), '{"registry_version": "1.0"}');
    const documents = await readRegistryDocuments(home.home);
    expect(documents.map((d) => [d.file, d.document?.champion?.version ?? null])).toEqual([
      ['model_registry.json', '1.0.0'],
      ['model_registry.other.json', null],
    ]);
    expect(documents[1]?.problem).toContain('registry_version');
  });

  it('names what is damaged, missing or unreadable, and goes on', async () => {
    await chmod(blobOf(a), 0o644);
    await writeFile(blobOf(a), 'damaged');
    await writeFile(join(home.home, 'versions/m_v1.0.1/metadata.json'), '{"half": ');
    await mkdir(join(home.home, 'versions/empty_v1.0.0'));
    const findings = await all(home.home);
    expect(findings.map((f) => [f.version?.id ?? null, f.problems.length])).toEqual([
      [null, 1],
      ['m_v1.0.0', 1],
      [null, 1],
    ]);
    expect(whole(findings)[0]?.sources.map((s) => s.file.name)).toEqual(['class_mappings.json']);
  });

  it('takes the bytes from the blob where the folder lost its link', async () => {
    await rm(join(home.home, 'versions/m_v1.0.0/best_model.onnx'));
    const [found] = whole(await all(home.home));
    expect(found?.problems).toEqual([]);
    expect(found?.sources.map((s) => s.path)).toContain(blobOf(a));
  });

  it("reads the original pipeline's layout: real folders, champion/ itself among them, no digests", async () => {
    const old = await temporaryFolder();
    await mkdir(join(old, 'champion'));
    await mkdir(join(old, 'archive/convnext_v1.0.0'), { recursive: true });
    const metadata = {
      model_id: 'convnext_v1.0.1',
      version: '1.0.1',
      created_at: '2026-02-09T13:00:19.864123',
      status: 'active',
      metrics: { magnitude_accuracy: 97.63 },
      training_data: { total_samples: 1972 },
    };
    await writeFile(join(old, 'champion/metadata.json'), JSON.stringify(metadata));
    await writeFile(join(old, 'champion/best_model.onnx'), 'weights');
    const archived = { ...metadata, model_id: 'convnext_v1.0.0', version: '1.0.0', status: 'archived', created_at: undefined };
    await writeFile(join(old, 'archive/convnext_v1.0.0/metadata.json'), JSON.stringify(archived));
    const findings = whole(await all(old, false));
    expect(findings.map((f) => [f.version.id, f.version.status, f.championLink, f.model])).toEqual([
      ['convnext_v1.0.1', 'CHAMPION', true, null],
      ['convnext_v1.0.0', 'ARCHIVED', false, null],
    ]);
    expect(findings[0]?.version.files).toEqual([expect.objectContaining({ name: 'best_model.onnx', bytes: 7 })]);
    expect(findings[0]?.version.createdAt).toBe(Date.UTC(2026, 1, 9, 13, 0, 19, 864));
    expect(findings[0]?.problems).toEqual([expect.stringContaining('names no digests')]);
    expect(findings[1]?.problems).toEqual([expect.stringContaining('created_at is missing')]);
  });

  it('reads copies of a home whose links became real folders, each version once', async () => {
    const copy = await temporaryFolder();
    await cp(home.home, copy, { recursive: true, dereference: true, filter: (path) => !/juara\.db/.test(path) });
    const findings = await all(copy, false);
    expect(whole(findings).map((f) => f.version.id)).toEqual(['m_v1.0.0', 'm_v1.0.1']);
    expect(findings.filter((f) => f.version === null).length).toBe(2);
  });
});
