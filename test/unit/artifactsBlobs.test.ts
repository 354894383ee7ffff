import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDiskBlobStore } from '../../src/artifacts/diskBlobStore.js';
import { storageError } from '../../src/artifacts/storageError.js';
import type { BlobStore } from '../../src/ports.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const bytes = randomBytes(300_000);
const sha256 = digest(bytes);
const body = (data: Buffer = bytes): Readable => Readable.from([data.subarray(0, 100_000), data.subarray(100_000)]);

let home: string;
let blobs: BlobStore;
beforeEach(async () => {
  home = await temporaryFolder();
  blobs = createDiskBlobStore(home);
});

/** Every file under blobs/, relative. */
async function kept(): Promise<string[]> {
  const entries = await readdir(join(home, 'blobs'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((e) => !e.isDirectory()).map((e) => e.name);
}

/** Runs as a user without rights where the tests run as root, who may write everywhere. */
async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

describe('storing a blob', () => {
  it('keeps the bytes under their digest, read-only, once', async () => {
    expect(await blobs.put(sha256, body())).toEqual({ sha256, bytes: bytes.length });
    const path = join(home, 'blobs', sha256.slice(0, 2), sha256);
    expect(blobs.localPath(sha256)).toBe(path);
    expect((await stat(path)).mode & 0o777).toBe(0o444);
    const { ino } = await stat(path);
    expect(await blobs.put(sha256, body())).toEqual({ sha256, bytes: bytes.length });
    expect((await stat(path)).ino).toBe(ino);
    expect(await kept()).toEqual([sha256]);
    expect(await blobs.size(sha256)).toBe(bytes.length);
    expect((await buffer(blobs.read(sha256))).equals(bytes)).toBe(true);
  });

  it('keeps an empty blob', async () => {
    const empty = digest(Buffer.alloc(0));
    expect(await blobs.put(empty, Readable.from([]))).toEqual({ sha256: empty, bytes: 0 });
    expect(await blobs.verify(empty)).toBe('ok');
    expect((await buffer(blobs.read(empty))).length).toBe(0);
  });

  it('refuses other bytes, new or on top of a blob that is there, and keeps nothing of them', async () => {
    const other = Readable.from([Buffer.from('something else')]);
    await expect(blobs.put(sha256, other)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(await kept()).toEqual([]);
    await blobs.put(sha256, body());
    await expect(blobs.put(sha256, Readable.from([Buffer.from('x')]))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(await kept()).toEqual([sha256]);
    expect(await blobs.verify(sha256)).toBe('ok');
  });

  it('leaves nothing of a body that breaks off', async () => {
    const broken = new Readable({ read() {} });
    broken.push(bytes.subarray(0, 100_000));
    const outcome = expect(blobs.put(sha256, broken)).rejects.toThrow('connection lost');
    await expect.poll(async () => (await kept()).length).toBe(1);
    broken.destroy(new Error('connection lost'));
    await outcome;
    expect(await kept()).toEqual([]);
    expect(await blobs.size(sha256)).toBeNull();
  });

  it('leaves nothing of a body that breaks off before it began, or has broken off already', async () => {
    const early = new Readable({ read() {} });
    const outcome = expect(blobs.put(sha256, early)).rejects.toThrow('connection lost');
    early.destroy(new Error('connection lost'));
    await outcome;
    await expect(blobs.put(sha256, early)).rejects.toThrow('connection lost');
    expect(await kept()).toEqual([]);
  });

  it('stores one file for many uploads of it at once', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => blobs.put(sha256, body())));
    expect(new Set(results.map((r) => r.bytes))).toEqual(new Set([bytes.length]));
    expect(await kept()).toEqual([sha256]);
    expect(await blobs.verify(sha256)).toBe('ok');
  });

  it('leaves the body alone when the file can not be written, so that its sender can be answered', async () => {
    await writeFile(join(home, 'blobs'), 'in the way');
    const upload = body();
    await expect(blobs.put(sha256, upload)).rejects.toThrow();
    expect(upload.destroyed).toBe(false);
  });

  it('mends a damaged blob when the same bytes come again', async () => {
    await blobs.put(sha256, body());
    await chmod(blobs.localPath(sha256), 0o644);
    await writeFile(blobs.localPath(sha256), 'damaged');
    expect(await blobs.verify(sha256)).toEqual({ actual: digest(Buffer.from('damaged')) });
    await blobs.put(sha256, body());
    expect(await blobs.verify(sha256)).toBe('ok');
  });

  it('holds a large body in flat memory', { timeout: 60_000 }, async () => {
    const chunk = randomBytes(1 << 20);
    const count = 256;
    const hash = createHash('sha256');
    for (let i = 0; i < count; i++) hash.update(chunk);
    const large = hash.digest('hex');
    const before = process.memoryUsage();
    let most = 0;
    function* chunks(): Generator<Buffer> {
      for (let i = 0; i < count; i++) {
        const now = process.memoryUsage();
        most = Math.max(most, now.external + now.arrayBuffers - before.external - before.arrayBuffers);
        yield chunk;
      }
    }
    expect(await blobs.put(large, Readable.from(chunks(), { highWaterMark: 1 }))).toEqual({ sha256: large, bytes: count << 20 });
    expect(most).toBeLessThan(64 << 20);
  });
});

describe('reading a blob', () => {
  it('gives the range asked for, both ends included', async () => {
    await blobs.put(sha256, body());
    expect((await buffer(blobs.read(sha256, { start: 10, end: 19 }))).equals(bytes.subarray(10, 20))).toBe(true);
    expect((await buffer(blobs.read(sha256, { start: 0, end: 0 }))).equals(bytes.subarray(0, 1))).toBe(true);
    expect((await buffer(blobs.read(sha256, { start: 299_990, end: 299_999 }))).equals(bytes.subarray(299_990))).toBe(true);
  });

  it('says that a blob is missing', async () => {
    expect(await blobs.size(sha256)).toBeNull();
    expect(await blobs.verify(sha256)).toBe('missing');
    await expect(buffer(blobs.read(sha256))).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it('never follows a planted link, and never waits at a planted folder', async () => {
    const secret = join(home, 'secret');
    await writeFile(secret, bytes);
    await mkdir(dirname(blobs.localPath(sha256)), { recursive: true });
    await symlink(secret, blobs.localPath(sha256));
    await expect(buffer(blobs.read(sha256))).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    await expect(blobs.size(sha256)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    await expect(blobs.verify(sha256)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    await blobs.put(sha256, body());
    expect(await blobs.verify(sha256)).toBe('ok');
    expect(await readFile(secret)).toEqual(bytes);
    await unlink(blobs.localPath(sha256));
    await mkdir(blobs.localPath(sha256));
    await expect(buffer(blobs.read(sha256))).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
  });

  it.each(['../../etc/passwd', 'ab', `${'a'.repeat(63)}/`, 'A'.repeat(64), `${'a'.repeat(64)}\n`])(
    'refuses %j as a digest',
    async (bad) => {
      expect(() => blobs.localPath(bad)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
      await expect(blobs.put(bad, body())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      await expect(blobs.size(bad)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      await expect(blobs.verify(bad)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      expect(() => blobs.read(bad)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    },
  );
});

describe('a disk that refuses', () => {
  it('is named by its code', async () => {
    await mkdir(join(home, 'blobs'));
    await chmod(home, 0o755);
    await chmod(join(home, 'blobs'), 0o555);
    await unprivileged(async () => {
      await expect(blobs.put(sha256, body())).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    });
    expect(await kept()).toEqual([]);
    await chmod(join(home, 'blobs'), 0o755);
    await rm(join(home, 'blobs'), { recursive: true });
  });

  it.each([
    ['ENOSPC', 'STORAGE_FULL'],
    ['EDQUOT', 'STORAGE_FULL'],
    ['EROFS', 'STORAGE_READ_ONLY'],
    ['EACCES', 'STORAGE_READ_ONLY'],
    ['EPERM', 'STORAGE_READ_ONLY'],
  ])('%s is %s', (errno, code) => {
    const failed = Object.assign(new Error('write failed'), { code: errno });
    expect(storageError(failed, 'storing an upload')).toMatchObject({
      code,
      message: expect.stringContaining('storing an upload'),
      cause: failed,
    });
  });

  it('leaves other errors what they are', () => {
    const other = Object.assign(new Error('no'), { code: 'ECONNRESET' });
    expect(storageError(other, 'x')).toBe(other);
  });
});
