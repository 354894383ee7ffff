import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createDiskBlobStore } from '../../src/artifacts/diskBlobStore.js';
import { createFolders } from '../../src/artifacts/folders.js';
import { aVersion, mirrorHome } from '../support/mirrorHome.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const mounted: string[] = [];
afterEach(() => {
  for (const folder of mounted.splice(0)) execFileSync('umount', [folder]);
});

/** A file system of 256 KiB; null where this user may not mount one. */
async function smallDisk(): Promise<string | null> {
  const folder = await temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  mounted.push(folder);
  return folder;
}

async function fill(disk: string): Promise<void> {
  await expect(writeFile(join(disk, 'filler'), randomBytes(1 << 20))).rejects.toMatchObject({ code: 'ENOSPC' });
}

describe('a disk that is full', () => {
  it('refuses an upload half-way, keeps nothing of it, and leaves its sender to be answered', async ({ skip }) => {
    const disk = (await smallDisk()) ?? skip('needs the right to mount a tmpfs');
    const bytes = randomBytes(512 << 10);
    const body = Readable.from(Array.from({ length: 8 }, (_, i) => bytes.subarray(i << 16, (i + 1) << 16)));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await expect(createDiskBlobStore(disk).put(sha256, body)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(body.destroyed).toBe(false);
    expect(await readdir(join(disk, 'blobs/tmp'))).toEqual([]);
    const small = randomBytes(1000);
    const digest = createHash('sha256').update(small).digest('hex');
    expect(await createDiskBlobStore(disk).put(digest, Readable.from([small]))).toEqual({ sha256: digest, bytes: 1000 });
  });

  it('refuses a change of roles before its commit', async ({ skip }) => {
    const disk = (await smallDisk()) ?? skip('needs the right to mount a tmpfs');
    const { store, close } = await mirrorHome();
    const folders = createFolders({ home: disk, blobs: createDiskBlobStore(disk), reads: store.reads });
    const version = aVersion('m', '1.0.0', 'CHALLENGER');
    await (await folders.stage([version])).apply();
    await fill(disk);
    await expect(folders.stage([{ ...version, status: 'CHAMPION' }])).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(await readdir(join(disk, 'tmp'))).toEqual([]);
    expect(await readdir(join(disk, 'champion'))).toEqual([]);
    await close();
  });

  it('keeps version folders on another file system than the blobs whole by symbolic links', async ({ skip }) => {
    const disk = (await smallDisk()) ?? skip('needs the right to mount a tmpfs');
    const { store, upload, blobs, close } = await mirrorHome();
    const folders = createFolders({ home: disk, blobs, reads: store.reads });
    const version = aVersion('m', '1.0.0', 'CHAMPION', { files: [await upload('best_model.onnx', 'weights')] });
    await (await folders.stage([version])).apply();
    expect(execFileSync('cat', [join(disk, 'champion/m/best_model.onnx')], { encoding: 'utf8' })).toBe('weights');
    await close();
  });
});
