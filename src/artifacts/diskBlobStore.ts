import { createHash, randomUUID } from 'node:crypto';
import fs, { createReadStream } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { JuaraError } from '../domain/errors.js';
import type { BlobStore, StoredBlob } from '../ports.js';
import { homeLayout } from './homeLayout.js';
import { hashFile, notRegular, READ_REGULAR, readError } from './regularFile.js';
import { errnoOf, unlessMissing, withStorageErrors } from './storageError.js';

/** Blobs as read-only files under `<home>/blobs/<2 hex>/<sha256>`. Memory stays flat whatever a blob's size. */
export function createDiskBlobStore(home: string): BlobStore {
  const layout = homeLayout(home);
  const place = placer();
  return {
    async put(sha256, body) {
      const path = layout.blob(sha256);
      // A sender may break off before the first byte is asked for; unheard, its error would end the process.
      body.on('error', () => {});
      if ((await state(path)) === 'ok') {
        const bytes = await receive(body, sha256, null);
        // The process that wrote it may have been killed before its own fsync.
        await withStorageErrors(`storing ${path}`, () => syncFolder(dirname(path)));
        return { sha256, bytes };
      }
      await withStorageErrors(`preparing ${layout.blobsTmp}`, () => mkdir(layout.blobsTmp, { recursive: true }));
      const temporary = join(layout.blobsTmp, randomUUID());
      try {
        const stored = await writeTemporary(temporary, body, sha256);
        await withStorageErrors(`storing ${path}`, () => place(temporary, path));
        return stored;
      } finally {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
    async size(sha256) {
      const path = layout.blob(sha256);
      const stat = await unlessMissing(lstat(path), null);
      if (stat !== null && !stat.isFile()) throw notRegular(path);
      return stat?.size ?? null;
    },
    read: (sha256, range) => readRegular(layout.blob(sha256), range),
    localPath: (sha256) => layout.blob(sha256),
    async verify(sha256) {
      const found = await state(layout.blob(sha256));
      if (found === 'not-regular') throw notRegular(layout.blob(sha256));
      return found;
    },
  };
}

/** What stands at a blob's path, by its own bytes. */
async function state(path: string): Promise<'ok' | 'missing' | 'not-regular' | { actual: string }> {
  const stat = await unlessMissing(lstat(path), null);
  if (stat === null) return 'missing';
  if (!stat.isFile()) return 'not-regular';
  const { sha256 } = await hashFile(path);
  return path.endsWith(sha256) ? 'ok' : { actual: sha256 };
}

/** Drains the body, into the file where there is one, and refuses other bytes than those promised. Returns their number. */
async function receive(body: Readable, sha256: string, file: FileHandle | null): Promise<number> {
  const hash = createHash('sha256');
  let bytes = 0;
  // A failed write must not destroy the body: it is a request whose sender still waits for the answer.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string | Uint8Array);
    hash.update(buffer);
    bytes += buffer.length;
    if (file !== null) await withStorageErrors('storing an upload', () => writeAll(file, buffer));
  }
  const actual = hash.digest('hex');
  if (actual === sha256) return bytes;
  throw new JuaraError('DIGEST_MISMATCH', `the ${bytes} bytes received have SHA-256 ${actual}, not ${sha256}; nothing was kept`, {
    actual,
  });
}

async function writeAll(file: FileHandle, buffer: Buffer): Promise<void> {
  for (let at = 0; at < buffer.length; ) at += (await file.write(buffer, at)).bytesWritten;
}

async function writeTemporary(path: string, body: Readable, sha256: string): Promise<StoredBlob> {
  const file = await withStorageErrors('storing an upload', () => open(path, 'wx', 0o600));
  try {
    const bytes = await receive(body, sha256, file);
    await withStorageErrors('storing an upload', async () => {
      await file.chmod(0o444);
      await file.sync();
    });
    return { sha256, bytes };
  } finally {
    await file.close();
  }
}

/**
 * Moves a finished file to its blob's path, one at a time: of two uploads of one digest the first stays, because version folders may
 * be linked to it already. Whatever else stands there (damaged bytes, a planted link) gives way to the good bytes.
 */
function placer(): (temporary: string, path: string) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (temporary, path) => {
    const mine = last.then(async () => {
      if ((await state(path)) === 'ok') return unlink(temporary);
      const folder = dirname(path);
      const made = await mkdir(folder, { recursive: true });
      await rename(temporary, path);
      await syncFolder(folder);
      if (made !== undefined) await syncFolder(dirname(folder));
    });
    last = mine.catch(() => {});
    return mine;
  };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Some file systems have no fsync for directories; they order renames themselves.
    if (!['EINVAL', 'ENOTSUP'].includes(errnoOf(error))) throw error;
  } finally {
    await folder.close();
  }
}

type Opened = (error: NodeJS.ErrnoException | null, fd: number) => void;

/** Opens without following a link; the check and the reads share one descriptor, so that nothing can be swapped in between. */
function openChecked(path: string, opened: Opened): void {
  const refuse = (error: unknown): void => opened(error as NodeJS.ErrnoException, -1);
  fs.open(path, READ_REGULAR, (failed, fd) => {
    if (failed !== null) return refuse(readError(failed, path));
    fs.fstat(fd, (unknown, stat) => {
      if (unknown === null && stat.isFile()) return opened(null, fd);
      fs.close(fd, () => refuse(unknown ?? notRegular(path)));
    });
  });
}

function readRegular(path: string, range?: { start: number; end: number }): Readable {
  const open = (file: string, _flags: unknown, _mode: unknown, opened: Opened): void => openChecked(file, opened);
  return createReadStream(path, { ...range, highWaterMark: 1 << 18, fs: { open, read: fs.read, close: fs.close } as unknown as typeof fs });
}
