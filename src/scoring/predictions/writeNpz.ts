import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** An array: the bytes of its .npy file. */
export interface NpzPart {
  readonly name: string;
  readonly bytes: () => AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** Writes a deflated .npz, one part after the other. The same parts give the same bytes: the date is the first that zip knows, anywhere. */
export async function writeNpz(path: string, parts: readonly NpzPart[]): Promise<void> {
  const zip = new ZipFile();
  // Zip has local times: this is the first of January 1980, 0:00, in whatever zone.
  const options = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644, compress: true };
  for (const { name, bytes } of parts) {
    zip.addReadStreamLazy(`${name}.npy`, options, (ready) => ready(null, Readable.from(bytes(), { objectMode: false })));
  }
  zip.end();
  const output = Readable.from(zip.outputStream);
  zip.on('error', (error: Error) => output.destroy(error));
  await pipeline(output, createWriteStream(path, { flags: 'wx' }));
}
