import { createHash, randomUUID } from 'node:crypto';
import fs, { createReadStream } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { JuaraError } from '../domain/errors.js';
import type { BlobStore, StoredBlob } from '../ports.js';
import { BlobHealth } from './blobHealth.js';
import { homeLayout } from './homeLayout.js';
import { fileIdentity, notRegular, READ_REGULAR, readError } from './regularFile.js';
import { requireOwnFolder } from './requireOwnFolder.js';
import { errnoOf, unlessMissing, withStorageErrors } from './storageError.js';

/** Blobs as read-only files under `<home>/blobs/<2 hex>/<sha256>`. Memory stays flat whatever a blob's size. */
export function createDiskBlobStore(home: string): BlobStore {
  const layout = homeLayout(home);
  const health = new BlobHealth();
  const place = placer(health);
  return {
    async put(sha256, body) {
      const path = layout.blob(sha256);
      // A sender may break off before the first byte is asked for; unheard, its error would end the process.
      body.on('error', () => {});
      for (const folder of [dirname(path), layout.blobsTmp]) await requireOwnFolder(folder);
      if (await isSound(health, path)) {
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
      // Throws, and is remembered.
      if (stat !== null && !stat.isFile()) await health.check(path);
      return stat?.size ?? null;
    },
    read: (sha256, range) => readRegular(layout.blob(sha256), health, range),
    localPath: (sha256) => layout.blob(sha256),
    verify: async (sha256) => health.verify(layout.blob(sha256)),
    check: async (sha256) => health.check(layout.blob(sha256)),
    damaged: () => health.damaged(),
  };
}

/** Whether whole bytes stand at the path already; nothing else that may stand there counts. */
async function isSound(health: BlobHealth, path: string): Promise<boolean> {
  if ((await unlessMissing(lstat(path), null)) === null) return false;
  const found = await health.verify(path).catch((error: unknown) => {
    if (error instanceof JuaraError && error.code === 'ARTIFACT_DAMAGED') return null;
    throw error;
  });
  return found === 'ok';
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
function placer(health: BlobHealth): (temporary: string, path: string) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (temporary, path) => {
    const mine = last.then(async () => {
      if (await isSound(health, path)) return unlink(temporary);
      const folder = dirname(path);
      const made = await mkdir(folder, { recursive: true });
      const written = await lstat(temporary, { bigint: true });
      await rename(temporary, path);
      const placed = await lstat(path, { bigint: true });
      if (placed.ino === written.ino && placed.mtimeNs === written.mtimeNs) health.remember(basename(path), fileIdentity(placed));
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
function openChecked(path: string, accepts: (stat: fs.BigIntStats) => boolean, opened: Opened): void {
  const refuse = (error: unknown): void => opened(error as NodeJS.ErrnoException, -1);
  fs.open(path, READ_REGULAR, (failed, fd) => {
    if (failed !== null) return refuse(readError(failed, path));
    fs.fstat(fd, { bigint: true }, (unknown, stat) => {
      if (unknown === null && stat.isFile() && accepts(stat)) return opened(null, fd);
      fs.close(fd, () => refuse(unknown ?? (stat.isFile() ? damaged(path) : notRegular(path))));
    });
  });
}

/** A part of a blob cannot be held against the digest of the whole: so the whole is, before the first byte of a part is read. */
function openPart(path: string, health: BlobHealth, opened: Opened): void {
  const whole = (stat: fs.BigIntStats): boolean => health.isSound(basename(path), fileIdentity(stat));
  health.check(path).then(
    () => openChecked(path, whole, opened),
    (error: unknown) => opened(error as NodeJS.ErrnoException, -1),
  );
}

function damaged(path: string): JuaraError {
  return new JuaraError(
    'ARTIFACT_DAMAGED',
    `the bytes of artifact ${basename(path)} are not those that were uploaded: restore it from a backup`,
  );
}

function readRegular(path: string, health: BlobHealth, range?: { start: number; end: number }): Readable {
  const open = (file: string, _flags: unknown, _mode: unknown, opened: Opened): void =>
    range === undefined ? openChecked(file, () => true, opened) : openPart(file, health, opened);
  return createReadStream(path, { ...range, highWaterMark: 1 << 18, fs: { open, read: fs.read, close: fs.close } as unknown as typeof fs });
}
