import { stat } from 'node:fs/promises';
import { JuaraError } from '../domain/errors.js';

/** Bytes of a file of the store; ARTIFACT_MISSING where it is gone. */
export async function storedSize(path: string): Promise<number> {
  const { size } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new JuaraError('ARTIFACT_MISSING', 'the file is gone from the store: upload it again');
    throw error;
  });
  return size;
}
