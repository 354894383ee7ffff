import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachFiles } from '../../src/client/importCalls.js';
import type { JsonObject } from '../../src/client/registryFiles.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const FIXTURE = new URL('../fixtures/registry-v2.json', import.meta.url);

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Stands where the network would: hashes the file that it is given, as the upload does. */
async function hashed(path: string | Uint8Array): Promise<{ sha256: string; bytes: number }> {
  const content = await readFile(path as string);
  return { sha256: sha256(content), bytes: (await stat(path as string)).size };
}

async function annotated(documentPath: string, base?: string): Promise<JsonObject> {
  const document = JSON.parse(await readFile(documentPath, 'utf8')) as JsonObject;
  await attachFiles(document, documentPath, base === undefined ? {} : { base }, hashed);
  return document;
}

/** A project as the original lays it out: paths from its root, the document in a folder of its own. */
async function project(): Promise<string> {
  const root = await temporaryFolder();
  await write(join(root, 'config/model_registry.json'), await readFile(FIXTURE, 'utf8'));
  await write(join(root, 'models/champion/best_model.onnx'), 'new weights');
  await write(join(root, 'models/champion/class_mappings.json'), '{}');
  await write(join(root, 'models/champion/metadata.json'), '{}');
  await write(join(root, 'models/champion/training config.json'), 'a name that no version may hold');
  await write(join(root, 'models/champion/.secret'), 'hidden');
  await write(join(root, 'models/champion/plots/roc.png'), 'not beside metadata.json, but below');
  await write(join(root, 'models/archive/convnext_v1.0.0/best_model.onnx'), 'old weights');
  return root;
}

describe('attachFiles', () => {
  it('names the files of each version that exist, found from the folder above the document', async () => {
    const document = await annotated(join(await project(), 'config/model_registry.json'));
    const { champion, archive } = document as { champion: JsonObject; archive: JsonObject[] };
    expect(champion.files).toEqual([
      { name: 'best_model.onnx', sha256: sha256('new weights'), bytes: 11 },
      { name: 'class_mappings.json', sha256: sha256('{}'), bytes: 2 },
    ]);
    expect(archive[0]?.files).toEqual([{ name: 'best_model.onnx', sha256: sha256('old weights'), bytes: 11 }]);
  });

  it('changes nothing else in the document', async () => {
    const root = await project();
    const document = await annotated(join(root, 'config/model_registry.json'));
    delete (document.champion as JsonObject).files;
    for (const entry of document.archive as JsonObject[]) delete entry.files;
    expect(document).toEqual(JSON.parse(await readFile(FIXTURE, 'utf8')));
  });

  it('leaves versions without files as they are', async () => {
    const folder = await temporaryFolder();
    await write(join(folder, 'model_registry.json'), await readFile(FIXTURE, 'utf8'));
    expect(await annotated(join(folder, 'model_registry.json'))).toEqual(JSON.parse(await readFile(FIXTURE, 'utf8')));
  });

  it('starts at the base that it is given, and nowhere else', async () => {
    const root = await project();
    const document = await annotated(join(root, 'config/model_registry.json'), join(root, 'elsewhere'));
    expect((document.champion as JsonObject).files).toBeUndefined();
  });

  it('reads absolute paths, paths of Windows, and versions that only all_versions names', async () => {
    const root = await temporaryFolder();
    await write(join(root, 'a/best.onnx'), 'a');
    await write(join(root, 'b/best.onnx'), 'b');
    const path = join(root, 'model_registry.json');
    const champion = { version: '2.0.0', path: join(root, 'a/best.onnx'), metadata_path: null };
    const all_versions = [{ version: '2.0.0', path: 'b' }, { version: '1.9.0', path: 'b\\best.onnx' }, { version: '1.8.0' }];
    await write(path, JSON.stringify({ champion, challenger: null, all_versions }));
    const document = (await annotated(path)) as { champion: JsonObject; all_versions: JsonObject[] };
    expect(document.champion.files).toEqual([{ name: 'best.onnx', sha256: sha256('a'), bytes: 1 }]);
    expect(document.all_versions.map((v) => v.files)).toEqual([
      undefined,
      [{ name: 'best.onnx', sha256: sha256('b'), bytes: 1 }],
      undefined,
    ]);
  });
});
