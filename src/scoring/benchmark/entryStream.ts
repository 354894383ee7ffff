import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { invalid } from './invalid.js';
import type { ZipEntry } from './zipEntries.js';

const CHUNK_BYTES = 256 * 1024;

/** The unpacked bytes of one entry, from the front to the end. */
export interface EntryStream {
  /** Exactly so many, in memory of their own. */
  take(bytes: number): Promise<Buffer>;
  /** Refuses an entry that holds more than was taken, or whose bytes do not have its checksum (unknown where some were passed over). */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Begins after `from` unpacked bytes: at once where the entry is stored, by unpacking them where it is deflated. Everything that it throws
 * names `label`. Memory: a few chunks, whatever the entry's size.
 */
export async function openEntry(file: FileHandle, entry: ZipEntry, label: string, from = 0): Promise<EntryStream> {
  const chunks = entry.deflated ? inflated(file, entry) : stored(file, entry, from);
  const whole = from === 0;
  let chunk: Buffer = Buffer.alloc(0);
  let checksum = 0;

  /** False at the end. */
  async function advance(): Promise<boolean> {
    const next = await chunks.next().catch((error: unknown) => {
      throw invalid(`${label} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`, error);
    });
    if (next === null) return false;
    checksum = crc32(next, checksum);
    chunk = next;
    return true;
  }

  /** Hands over the next `bytes` bytes piece by piece. */
  async function consume(bytes: number, use: (piece: Buffer, at: number) => void): Promise<void> {
    for (let done = 0; done < bytes; ) {
      if (chunk.length === 0 && !(await advance())) throw invalid(`${label} is cut short: ${bytes - done} bytes or more are missing`);
      const piece = chunk.subarray(0, bytes - done);
      use(piece, done);
      chunk = chunk.subarray(piece.length);
      done += piece.length;
    }
  }

  if (entry.deflated) await consume(from, () => undefined);
  return {
    async take(bytes) {
      const into = Buffer.allocUnsafeSlow(bytes);
      await consume(bytes, (piece, at) => into.set(piece, at));
      return into;
    },
    async finish() {
      if (chunk.length > 0 || (await advance())) throw invalid(`${label} holds more bytes than its header says`);
      if (whole && checksum !== entry.crc32) throw invalid(`${label} is damaged: its bytes do not have the archive's checksum`);
    },
    close: async () => chunks.close(),
  };
}

interface Chunks {
  /** Valid until the next call; null at the end. */
  next(): Promise<Buffer | null>;
  close(): void;
}

function stored(file: FileHandle, { start, packedBytes }: ZipEntry, from: number): Chunks {
  const end = start + packedBytes;
  let at = start + from;
  let buffer: Buffer | undefined;
  return {
    async next() {
      buffer ??= Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, Math.max(end - at, 0)));
      const piece = await readPiece(file, buffer, at, end);
      at += piece.length;
      return piece.length === 0 ? null : piece;
    },
    close: () => undefined,
  };
}

function inflated(file: FileHandle, entry: ZipEntry): Chunks {
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  // Its error reaches the reader through `inflate`, which it destroys.
  pipeline(Readable.from(packedPieces(file, entry), { objectMode: false }), inflate, () => undefined);
  const chunks: AsyncIterator<Buffer> = inflate[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await chunks.next();
      return done === true ? null : value;
    },
    close: () => void inflate.destroy(),
  };
}

/** FileHandle.createReadStream would close the file with the stream, whatever its options say. */
async function* packedPieces(file: FileHandle, { start, packedBytes }: ZipEntry): AsyncGenerator<Buffer> {
  const end = start + packedBytes;
  for (let at = start; at < end; ) {
    const piece = await readPiece(file, Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, end - at)), at, end);
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

/** What fits into `buffer` of the bytes from `at` to `end`; empty at the end. */
async function readPiece(file: FileHandle, buffer: Buffer, at: number, end: number): Promise<Buffer> {
  const wanted = Math.min(buffer.length, end - at);
  if (wanted <= 0) return buffer.subarray(0, 0);
  const { bytesRead } = await file.read(buffer, 0, wanted, at);
  return buffer.subarray(0, bytesRead);
}
