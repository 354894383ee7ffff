import { JuaraError } from '../domain/errors.js';

/** The error's system code (ENOENT, ...), or an empty text. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/** Names a full disk and missing rights by their public codes; every other error stays what it is. `doing` completes "while ...". */
export function storageError(error: unknown, doing: string): unknown {
  const code = errnoOf(error);
  if (error instanceof JuaraError) return error;
  if (FULL.has(code)) {
    return new JuaraError(
      'STORAGE_FULL',
      `no space is left while ${doing}: free some space and try again`,
      { errno: code },
      { cause: error },
    );
  }
  if (READ_ONLY.has(code)) {
    const message = `the file system refused ${doing} (${code}): mend its permissions and try again`;
    return new JuaraError('STORAGE_READ_ONLY', message, { errno: code }, { cause: error });
  }
  return error;
}

/** Runs a piece of file work with its errors mapped. */
export async function withStorageErrors<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error, doing);
  }
}

/** The result, or `otherwise` where nothing stands at the path. */
export async function unlessMissing<T, U>(work: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return otherwise;
    throw error;
  }
}
