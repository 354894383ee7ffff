import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { JuaraError } from '../domain/errors.js';
import { errnoOf, storageError } from './storageError.js';

/** Never follows a link put in the file's place; NONBLOCK so that a FIFO put there can't hold the thread that opens it. */
export const READ_REGULAR = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export function notRegular(path: string): JuaraError {
  return new JuaraError('ARTIFACT_DAMAGED', `${path} is not a regular file any more: restore it from a backup`, { path });
}

/** ENOENT becomes ARTIFACT_MISSING; a link in the file's place, or a disk that can't be read, ARTIFACT_DAMAGED. */
export function readError(error: unknown, path: string): unknown {
  const code = errnoOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new JuaraError('ARTIFACT_MISSING', `${path} is gone: restore it from a backup`, { path }, { cause: error });
  }
  if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO') return notRegular(path);
  if (code === 'EIO') {
    return new JuaraError('ARTIFACT_DAMAGED', `${path} can't be read (EIO): restore it from a backup`, { path }, { cause: error });
  }
  return storageError(error, `reading ${path}`);
}

export async function openRegular(path: string): Promise<FileHandle> {
  const handle = await open(path, READ_REGULAR).catch((error: unknown) => {
    throw readError(error, path);
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw notRegular(path);
}

const CHUNK = 1 << 20;

/** SHA-256 and size of a regular file, in the memory of one chunk. Throws ARTIFACT_MISSING or ARTIFACT_DAMAGED. */
export async function hashFile(path: string, onBytes: (bytes: number) => void = () => {}): Promise<{ sha256: string; bytes: number }> {
  const handle = await openRegular(path);
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(CHUNK);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, bytes);
      if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
      onBytes(bytesRead);
    }
  } catch (error) {
    throw readError(error, path);
  } finally {
    await handle.close();
  }
}
