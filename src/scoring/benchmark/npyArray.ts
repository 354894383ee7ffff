import type { FileHandle } from 'node:fs/promises';
import { openEntry } from './entryStream.js';
import { invalid, quoted, shapeText } from './invalid.js';
import { type NpyHeader, readNpyHeader } from './npyHeader.js';
import type { ZipEntry } from './zipEntries.js';

/** An array of the archive. Its first dimension is the samples'. */
export interface NpyArray extends NpyHeader {
  /** Its name in the archive, without .npy. */
  readonly name: string;
  /** Bytes of one sample. */
  readonly rowBytes: number;
  readonly entry: ZipEntry;
}

/** Samples one after the other. */
export interface RowCursor {
  /** The bytes of the next `count` samples, in memory of their own. */
  rows(count: number): Promise<Buffer>;
  /** After the last sample: refuses an entry that goes on, or whose bytes are damaged. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** More than this for one sample is an error in the shape: a batch is held in memory. */
const MAX_ROW_BYTES = 256 * 2 ** 20;
const SUFFIX = '.npy';

/** Reads the header of an entry, and holds it against the size that the archive declares. */
export async function readArray(file: FileHandle, entry: ZipEntry): Promise<NpyArray> {
  if (!entry.name.endsWith(SUFFIX)) throw invalid(`the archive holds ${quoted(entry.name)}, which is no array (.npy)`);
  const name = entry.name.slice(0, -SUFFIX.length);
  const stream = await openEntry(file, entry, `array ${quoted(name)}`);
  try {
    const header = await readNpyHeader(name, (bytes) => stream.take(bytes));
    if (header.dtype.kind === 'O') {
      throw invalid(`array ${quoted(name)} holds Python objects (a pickle), which are never opened: save numbers or strings`);
    }
    const rowBytes = checkShape(name, header);
    const bytes = header.bytes + (header.shape[0] ?? 0) * rowBytes;
    if (bytes !== entry.bytes) {
      const declared = `shape ${shapeText(header.shape)} of ${header.dtype.descr} takes ${bytes} bytes with its header`;
      throw invalid(`array ${quoted(name)}: ${declared}, the archive declares ${entry.bytes}`);
    }
    return { ...header, name, rowBytes, entry };
  } finally {
    await stream.close();
  }
}

function checkShape(name: string, { shape, dtype, fortranOrder }: NpyHeader): number {
  const array = `array ${quoted(name)} of shape ${shapeText(shape)}`;
  if (shape.length === 0) throw invalid(`${array} has no dimension: the first one must count the samples`);
  // With one dimension only that is not 1, both orders are the same.
  if (fortranOrder && shape.filter((size) => size !== 1).length > 1) {
    throw invalid(`${array} is stored column by column (Fortran order): save numpy.ascontiguousarray of it`);
  }
  const rowBytes = shape.slice(1).reduce((product, size) => product * size, dtype.bytes);
  if (rowBytes > MAX_ROW_BYTES)
    throw invalid(`${array}: one sample takes ${rowBytes} bytes, more than the ${MAX_ROW_BYTES} that can be read`);
  return rowBytes;
}

/** A cursor on the samples from `first` on. */
export async function openRows(file: FileHandle, array: NpyArray, first: number): Promise<RowCursor> {
  const label = `array ${quoted(array.name)}`;
  // Read from its very start the entry can be held to its checksum.
  const stream = await openEntry(file, array.entry, label, first === 0 ? 0 : array.bytes + first * array.rowBytes);
  if (first === 0) await stream.take(array.bytes);
  return { rows: (count) => stream.take(count * array.rowBytes), finish: () => stream.finish(), close: () => stream.close() };
}
