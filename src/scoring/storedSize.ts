import { lstat } from 'node:fs/promises';
import { JuaraError } from '../domain/errors.js';

/** Bytes of a file of the store; ARTIFACT_MISSING where it is gone, ARTIFACT_DAMAGED where something else stands in its place. */
export async function storedSize(path: string): Promise<number> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new JuaraError('ARTIFACT_MISSING', 'the file is gone from the store: upload it again');
    throw error;
  });
  if (found.isFile()) return found.size;
  throw new JuaraError('ARTIFACT_DAMAGED', 'something else stands in the place of the file: restore it from a backup');
}
