import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import { mediaTypeOf } from '../domain/mediaType.js';
import { fromMetadata, type RecordedVersion } from '../domain/metadata.js';
import { checkFileName, METADATA_FILE } from '../domain/names.js';
import type { ModelFile } from '../domain/records.js';
import { parseRegistryDocument, type RegistryDocument } from '../domain/registryDocument.js';
import type { BlobStore } from '../ports.js';
import { type HomeLayout, homeLayout, ROLE_FOLDERS } from './homeLayout.js';
import { hashFile } from './regularFile.js';
import { unlessMissing } from './storageError.js';
import { readText } from './versionFolder.js';

/** A version as its folder tells it. */
export interface HomeVersion extends RecordedVersion {
  readonly folder: string;
  /** Whether the disk calls it champion: champion/<model> leads to it, or it lies in champion/ itself. */
  readonly championLink: boolean;
  /** Where each file whose bytes are those that metadata.json names can be read. */
  readonly sources: readonly { readonly file: ModelFile; readonly path: string }[];
  readonly problems: readonly string[];
}

export type HomeFinding = HomeVersion | { readonly version: null; readonly folder: string; readonly problems: readonly string[] };

/**
 * Every version that a home's folders tell of, for a rebuild without a database: versions/ first, then real folders in champion/,
 * challenger/ and archive/ (the original pipeline's layout, champion/metadata.json included). Files are hashed again; one that is
 * missing or damaged stays named in `version.files`, has no source, and is a problem. The first folder of an id counts.
 */
export async function* readHome(home: string, blobs?: Pick<BlobStore, 'localPath'>): AsyncGenerator<HomeFinding, void> {
  const layout = homeLayout(home);
  const champions = await championFolders(layout);
  const seen = new Set<string>();
  for await (const folder of candidates(layout)) {
    const found = await readFolder(layout, folder, champions, blobs);
    if (found.version !== null && seen.has(found.version.id)) {
      yield {
        version: null,
        folder: found.folder,
        problems: [`${found.folder}: ${found.version.id} was read from another folder; left out`],
      };
      continue;
    }
    if (found.version !== null) seen.add(found.version.id);
    yield found;
  }
}

async function* candidates(layout: HomeLayout): AsyncGenerator<string, void> {
  for (const name of await names(layout.versions)) yield join(layout.versions, name);
  for (const role of ROLE_FOLDERS) {
    const folder = layout.role(role);
    if ((await unlessMissing(lstat(join(folder, METADATA_FILE)), null)) !== null) yield folder;
    for (const name of await names(folder)) {
      const found = await lstat(join(folder, name));
      if (found.isDirectory()) yield join(folder, name);
      if (found.isSymbolicLink() && (await leadsElsewhere(layout, join(folder, name)))) yield join(folder, name);
    }
  }
}

const names = async (folder: string): Promise<string[]> => (await unlessMissing(readdir(folder), [])).toSorted();

/** A link to a folder outside of versions/ (which has been read); a dangling one has nothing to read. */
async function leadsElsewhere(layout: HomeLayout, link: string): Promise<boolean> {
  const target = await unlessMissing(realpath(link), null);
  if (target === null || !(await stat(target)).isDirectory()) return false;
  const versions = await unlessMissing(realpath(layout.versions), null);
  return versions === null || relative(versions, target).startsWith('..');
}

async function championFolders(layout: HomeLayout): Promise<Set<string>> {
  const folder = layout.role('champion');
  const linked = await Promise.all(
    (await names(folder)).map((name) =>
      unlessMissing(
        readlink(join(folder, name)).catch(() => null),
        null,
      ),
    ),
  );
  return new Set(linked.filter((target) => target !== null).map((target) => basename(target)));
}

async function readFolder(
  layout: HomeLayout,
  path: string,
  champions: ReadonlySet<string>,
  blobs?: Pick<BlobStore, 'localPath'>,
): Promise<HomeFinding> {
  const folder = relative(layout.home, path);
  const unread = (problem: string): HomeFinding => ({ version: null, folder, problems: [`${folder}: ${problem}`] });
  const text = await readText(join(path, METADATA_FILE)).catch(() => null);
  if (text === null) return unread('it has no metadata.json');
  let recorded: RecordedVersion;
  try {
    recorded = fromMetadata(JSON.parse(text), Math.trunc((await stat(join(path, METADATA_FILE))).mtimeMs));
  } catch (error) {
    if (error instanceof JuaraError || error instanceof SyntaxError) return unread(error.message);
    throw error;
  }
  const problems = recorded.notes.map((note) => `${folder}: ${note}`);
  const files = recorded.filesListed ? recorded.version.files : await filesThere(path, folder, problems);
  const sources = await sourcesOf(files, path, folder, problems, blobs);
  const inChampion = folder === 'champion' || folder.startsWith('champion/');
  return {
    ...recorded,
    version: { ...recorded.version, files },
    folder,
    championLink: inChampion || champions.has(basename(path)),
    sources,
    problems,
  };
}

/** An older metadata.json lists no files: whatever lies beside it is taken as it is, because there is no digest to hold it against. */
async function filesThere(path: string, folder: string, problems: string[]): Promise<ModelFile[]> {
  const files: ModelFile[] = [];
  for (const name of await names(path)) {
    const found = await lstat(join(path, name));
    if (name === METADATA_FILE || !found.isFile()) continue;
    try {
      const { sha256, bytes } = await hashFile(join(path, name));
      files.push({ name: checkFileName(name), mediaType: mediaTypeOf(name), sha256, bytes });
    } catch (error) {
      problems.push(`${folder}/${name}: left out: ${error instanceof Error ? error.message : 'unreadable'}`);
    }
  }
  if (files.length > 0)
    problems.push(`${folder}: metadata.json names no digests; ${files.map((f) => f.name).join(', ')} taken as they are`);
  return files;
}

async function sourcesOf(
  files: readonly ModelFile[],
  path: string,
  folder: string,
  problems: string[],
  blobs?: Pick<BlobStore, 'localPath'>,
): Promise<{ file: ModelFile; path: string }[]> {
  const sources: { file: ModelFile; path: string }[] = [];
  for (const file of files) {
    const places = [
      ...(blobs === undefined ? [] : [blobs.localPath(file.sha256)]),
      await realpath(join(path, file.name)).catch(() => null),
    ];
    const source = await firstWhole(places, file.sha256);
    if (source === null) problems.push(`${folder}/${file.name}: missing, or its bytes do not have SHA-256 ${file.sha256}`);
    else sources.push({ file, path: source });
  }
  return sources;
}

async function firstWhole(places: readonly (string | null)[], sha256: string): Promise<string | null> {
  for (const place of places) {
    if (place !== null && (await hashFile(place).catch(() => null))?.sha256 === sha256) return place;
  }
  return null;
}

export interface HomeDocument {
  readonly file: string;
  readonly document: RegistryDocument | null;
  readonly raw: JsonObject | null;
  readonly problem: string | null;
}

/** The registry documents of a home: they know what no metadata.json holds (training events, the model's own facts, its history). */
export async function readRegistryDocuments(home: string): Promise<HomeDocument[]> {
  const files = (await names(home)).filter((name) => /^model_registry(\..+)?\.json$/.test(name));
  return Promise.all(
    files.map(async (file): Promise<HomeDocument> => {
      try {
        const raw = JSON.parse((await readText(join(home, file))) ?? '') as JsonObject;
        return { file, document: parseRegistryDocument(raw), raw, problem: null };
      } catch (error) {
        return { file, document: null, raw: null, problem: `${file}: ${error instanceof Error ? error.message : 'unreadable'}` };
      }
    }),
  );
}
