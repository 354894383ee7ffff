import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import { npyHeader } from './npz.js';
import type { ZipPart } from './zip.js';

const BLOCK = Buffer.alloc(2 ** 20);

/** A float32 array of zeros, deflated to a thousandth: `megabytes` of them, each sample as long as `row` numbers. */
export async function zeros(name: string, megabytes: number, row: number): Promise<ZipPart> {
  const samples = (megabytes * 2 ** 20) / (4 * row);
  const header = npyHeader({ dtype: '<f4', shape: [samples, row] });
  let crc = crc32(header);
  const deflate = createDeflateRaw({ level: 1, chunkSize: 2 ** 20 });
  const chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  const write = (bytes: Buffer): Promise<void> => new Promise((done, failed) => deflate.write(bytes, (e) => (e ? failed(e) : done())));
  await write(header);
  for (let i = 0; i < megabytes; i += 1) {
    crc = crc32(BLOCK, crc);
    await write(BLOCK);
  }
  deflate.end();
  await once(deflate, 'end');
  const declaredBytes = header.length + megabytes * 2 ** 20;
  return { name: `${name}.npy`, bytes: header, packed: Buffer.concat(chunks), method: 8, crc, declaredBytes, zip64: true };
}
