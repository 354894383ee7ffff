import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { JuaraClientError } from './JuaraClientError.js';

/** A path on this machine, or the bytes themselves. */
export type FileContent = string | Uint8Array;

/** Bytes that can be read more than once, a piece at a time: once to hash them, once to send them. */
export interface FileSource {
  readonly bytes: number;
  open(): Readable;
}

const CHUNK = 1 << 20;

export async function fileSource(content: FileContent): Promise<FileSource> {
  if (typeof content !== 'string') return { bytes: content.byteLength, open: () => Readable.from(pieces(content)) };
  const stats = await stat(content).catch((error: unknown) => {
    throw unreadable(content, error);
  });
  if (!stats.isFile()) throw new JuaraClientError('FILE_UNREADABLE', `${content} is not a file`);
  return { bytes: stats.size, open: () => createReadStream(content, { highWaterMark: CHUNK }) };
}

/** Hexadecimal SHA-256. `onBytes` hears of every piece that was read. */
export async function sha256Of(source: FileSource, onBytes: (done: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const piece of source.open()) {
    hash.update(piece as Uint8Array);
    done += (piece as Uint8Array).byteLength;
    onBytes(done);
  }
  return hash.digest('hex');
}

export function unreadable(path: string, error: unknown): JuaraClientError {
  const why = error instanceof Error ? error.message : String(error);
  return new JuaraClientError('FILE_UNREADABLE', `${path} cannot be read: ${why}`, { path }, { cause: error });
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}
