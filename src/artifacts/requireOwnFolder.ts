import { lstat } from 'node:fs/promises';
import { notRegular } from './regularFile.js';
import { unlessMissing } from './storageError.js';

/**
 * Refuses (ARTIFACT_DAMAGED) a folder of the registry in whose place a link was put: it would lead reads and writes out of the home.
 * Node has no openat(2), so that who can swap the folder between this and its use is not held off; who can do that can do all else here.
 */
export async function requireOwnFolder(folder: string): Promise<void> {
  const found = await unlessMissing(lstat(folder), null);
  if (found !== null && !found.isDirectory()) throw notRegular(folder, 'folder');
}
