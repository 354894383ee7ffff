import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Gathered before it is written, so that a small batch costs no system call. */
const PENDING_BYTES = 1 << 20;

/** Values that wait on disk until it is known how many there are. */
export interface ValueFile {
  /** Keeps the array until it is written: nobody may change it any more. */
  append(values: Float32Array | Int32Array): Promise<void>;
  /** Writes what is pending. */
  flush(): Promise<void>;
  /** May be called again. */
  close(): Promise<void>;
  /** The bytes of everything that was appended. */
  read(): Readable;
}

export async function createValueFile(path: string): Promise<ValueFile> {
  const file = await open(path, 'wx');
  let pending: Uint8Array[] = [];
  let bytes = 0;
  async function flush(): Promise<void> {
    const block = Buffer.concat(pending);
    pending = [];
    bytes = 0;
    await file.writeFile(block);
  }
  return {
    async append(values) {
      pending.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      bytes += values.byteLength;
      if (bytes >= PENDING_BYTES) await flush();
    },
    flush,
    close: () => file.close(),
    read: () => createReadStream(path),
  };
}
