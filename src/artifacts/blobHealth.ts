import { lstat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LRUCache } from 'lru-cache';
import { JuaraError } from '../domain/errors.js';
import type { BlobState, DamagedBlob } from '../ports.js';
import { fileIdentity, hashFile } from './regularFile.js';
import { unlessMissing } from './storageError.js';

/** Blobs whose soundness is remembered: some 200 bytes each. One that falls out is hashed again. */
const REMEMBERED = 20_000;

interface Fault extends DamagedBlob {
  readonly identity: string | null;
  readonly found: Exclude<BlobState, 'ok'> | JuaraError;
}

/**
 * What is known of the blobs' bytes. Whatever was hashed once is not hashed again while the file is the same one, unchanged (device,
 * inode, size, times; the change time is the kernel's own and cannot be set back). Bits that rot under a file system are seen by
 * `verify`, which always reads.
 */
export class BlobHealth {
  private readonly sound = new LRUCache<string, string>({ max: REMEMBERED });
  private readonly faults = new Map<string, Fault>();
  /** Many who ask for parts of one large blob wait for one reading of it. */
  private readonly checking = new Map<string, Promise<BlobState>>();

  constructor(private readonly now: () => number = Date.now) {}

  damaged(): readonly DamagedBlob[] {
    return [...this.faults.values()].map(({ sha256, state, detail, foundAt }) => ({ sha256, state, detail, foundAt }));
  }

  /** Without reading, where the file is the same as when it was last read. */
  async check(path: string): Promise<BlobState> {
    const sha256 = basename(path);
    const identity = await identityAt(path);
    if (identity !== null && this.sound.get(sha256) === identity) return 'ok';
    const fault = this.faults.get(sha256);
    if (fault !== undefined && fault.identity === identity) return answer(fault.found);
    const going = this.checking.get(path);
    if (going !== undefined) return going;
    const work = this.verify(path).finally(() => this.checking.delete(path));
    this.checking.set(path, work);
    return work;
  }

  isSound(sha256: string, identity: string): boolean {
    return this.sound.get(sha256) === identity;
  }

  /** The file with this identity was written from bytes that had the digest. */
  remember(sha256: string, identity: string): void {
    this.faults.delete(sha256);
    this.sound.set(sha256, identity);
  }

  /** Reads all of it. Throws ARTIFACT_DAMAGED where it is no regular file or cannot be read. */
  async verify(path: string): Promise<BlobState> {
    const sha256 = basename(path);
    const identity = await identityAt(path);
    try {
      const hashed = await hashFile(path);
      if (hashed.sha256 !== sha256) return this.fault(sha256, identity, { actual: hashed.sha256 });
      this.faults.delete(sha256);
      // Null: it changed while it was read.
      if (hashed.identity !== null) this.sound.set(sha256, hashed.identity);
      return 'ok';
    } catch (error) {
      if (!(error instanceof JuaraError)) throw error;
      if (error.code === 'ARTIFACT_MISSING') return this.fault(sha256, identity, 'missing');
      return this.fault(sha256, identity, error);
    }
  }

  private fault(sha256: string, identity: string | null, found: Fault['found']): BlobState {
    this.sound.delete(sha256);
    const foundAt = this.faults.get(sha256)?.foundAt ?? this.now();
    const state = found === 'missing' ? 'MISSING' : 'DAMAGED';
    this.faults.set(sha256, { sha256, state, detail: describe(found), foundAt, identity, found });
    return answer(found);
  }
}

async function identityAt(path: string): Promise<string | null> {
  const found = await unlessMissing(lstat(path, { bigint: true }), null);
  return found === null ? null : fileIdentity(found);
}

function answer(found: Fault['found']): BlobState {
  if (found instanceof JuaraError) throw found;
  return found;
}

function describe(found: Fault['found']): string {
  if (found === 'missing') return 'its file is gone from the store';
  return found instanceof JuaraError ? found.message : `its bytes have SHA-256 ${found.actual}`;
}
