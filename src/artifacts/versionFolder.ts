import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, rename, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import { checkFileName } from '../domain/names.js';
import type { ModelFile } from '../domain/records.js';
import type { BlobStore } from '../ports.js';
import { openRegular } from './regularFile.js';
import { requireOwnFolder } from './requireOwnFolder.js';
import { errnoOf, unlessMissing } from './storageError.js';

type Paths = Pick<BlobStore, 'localPath'>;

/** Other file system, 65,000 links to one file, or none at all: a relative symbolic link does as well for a reader. */
const NO_HARD_LINK = new Set(['EXDEV', 'EMLINK', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Links a blob at `at`, for a file that will end up in `folder`. False where the blob is missing, or something else is in its place. */
export async function linkBlob(blob: string, at: string, folder: string): Promise<boolean> {
  const found = await unlessMissing(lstat(blob), null);
  if (found?.isFile() !== true) return false;
  try {
    await link(blob, at);
  } catch (error) {
    if (!NO_HARD_LINK.has(errnoOf(error))) throw error;
    await symlink(relative(folder, blob), at);
  }
  return true;
}

/** Whether the folder's file is the blob itself, by hard link or by symbolic link. */
export async function isBlob(path: string, blob: string): Promise<boolean> {
  const [a, b] = await Promise.all([unlessMissing(stat(path, { bigint: true }), null), unlessMissing(lstat(blob, { bigint: true }), null)]);
  return a !== null && b?.isFile() === true && a.ino === b.ino && a.dev === b.dev;
}

export interface NewFolder {
  /** Where it is built, whole, before it is renamed into place. */
  readonly staged: string;
  readonly place: string;
  readonly files: readonly ModelFile[];
  readonly metadata: string;
}

/** Builds a version's folder aside. Returns the files whose blobs are missing: the folder goes without them. */
export async function buildFolder(folder: NewFolder, blobs: Paths): Promise<ModelFile[]> {
  await mkdir(folder.staged, { recursive: true });
  const missing: ModelFile[] = [];
  for (const file of folder.files) {
    const linked = await linkBlob(blobs.localPath(file.sha256), join(folder.staged, checkFileName(file.name)), folder.place);
    if (!linked) missing.push(file);
  }
  await writeFile(join(folder.staged, 'metadata.json'), folder.metadata);
  return missing;
}

/** Replaces one file of a folder by the blob, in one rename. */
export async function relink(blob: string, place: string, temporary: string): Promise<boolean> {
  if (!(await linkBlob(blob, temporary, dirname(place)))) return false;
  await rename(temporary, place);
  // rename(2) does nothing where both names are one file already.
  await rm(temporary, { force: true });
  return true;
}

/**
 * Gives a lost blob its bytes back from a folder that still holds them; the caller has checked their digest. A link that was put in the
 * blob's place goes, what it leads to stays as it is.
 */
export async function restoreBlob(from: string, blob: string, temporary: string): Promise<void> {
  await requireOwnFolder(dirname(blob));
  await mkdir(dirname(blob), { recursive: true });
  try {
    await link(from, temporary);
  } catch (error) {
    if (!NO_HARD_LINK.has(errnoOf(error))) throw error;
    await copyFile(from, temporary, constants.COPYFILE_EXCL);
  }
  await rename(temporary, blob);
}

/** Null where nothing is there; ARTIFACT_DAMAGED where it is no file: a link may lead to what is nobody's to read, a pipe never ends. */
export async function readText(path: string): Promise<string | null> {
  const file = await openRegular(path).catch((error: unknown) => {
    if (error instanceof JuaraError && error.code === 'ARTIFACT_MISSING') return null;
    throw error;
  });
  return file === null ? null : file.readFile('utf8').finally(() => file.close());
}

/** Writes beside and renames: a reader sees the old text or the new one, never half of one. */
export async function replaceText(place: string, text: string, temporary: string): Promise<void> {
  await writeFile(temporary, text);
  await rename(temporary, place);
}

/** Points a symbolic link somewhere else in one rename(2). Throws where something that is no link stands in its place. */
export async function replaceLink(place: string, target: string, temporary: string): Promise<void> {
  await symlink(target, temporary);
  await rename(temporary, place);
}

/** Removes a symbolic link; keeps a real file or folder, which may be somebody's data. */
export async function removeLink(place: string): Promise<'absent' | 'removed' | 'kept'> {
  const found = await unlessMissing(lstat(place), null);
  if (found === null) return 'absent';
  if (!found.isSymbolicLink()) return 'kept';
  await unlessMissing(unlink(place), undefined);
  return 'removed';
}
