import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { sep } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import { errnoOf, storageError } from './storageError.js';

/** Never follows a link put in the file's place; NONBLOCK so that a FIFO put there can't hold the thread that opens it. */
export const READ_REGULAR = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** As clients may see it: blobs/ab/<sha256>, versions/<id>/<file>; where the home is, is nobody's affair. */
const shown = (path: string): string => path.split(sep).slice(-3).join('/');

export function notRegular(path: string, what = 'regular file'): JuaraError {
  return new JuaraError('ARTIFACT_DAMAGED', `${shown(path)} is not a ${what} any more: restore it from a backup`);
}

/** Equal identities are the same file, unchanged. */
export const fileIdentity = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string => [dev, ino, size, mtimeNs, ctimeNs].join(' ');

/** ENOENT becomes ARTIFACT_MISSING; a link in the file's place, or a disk that can't be read, ARTIFACT_DAMAGED. */
export function readError(error: unknown, path: string): unknown {
  const code = errnoOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new JuaraError('ARTIFACT_MISSING', `${shown(path)} is gone: restore it from a backup`, {}, { cause: error });
  }
  if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO') return notRegular(path);
  if (code === 'EIO') {
    return new JuaraError('ARTIFACT_DAMAGED', `${shown(path)} can't be read (EIO): restore it from a backup`, {}, { cause: error });
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

export interface HashedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Of the file that was read; null where it changed meanwhile. */
  readonly identity: string | null;
}

/** SHA-256 and size of a regular file, in the memory of one chunk. Throws ARTIFACT_MISSING or ARTIFACT_DAMAGED. */
export async function hashFile(path: string): Promise<HashedFile> {
  const handle = await openRegular(path);
  try {
    const before = fileIdentity(await handle.stat({ bigint: true }));
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(CHUNK);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, bytes);
      if (bytesRead === 0) {
        const after = fileIdentity(await handle.stat({ bigint: true }));
        return { sha256: hash.digest('hex'), bytes, identity: before === after ? after : null };
      }
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } catch (error) {
    throw readError(error, path);
  } finally {
    await handle.close();
  }
}
