import { type Dtype, parseDtype } from './dtype.js';
import { invalid, quoted } from './invalid.js';

/** What stands before an array's values in a .npy file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). */
export interface NpyHeader {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Column-major. */
  readonly fortranOrder: boolean;
  /** Bytes before the first value. */
  readonly bytes: number;
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** As numpy.load's max_header_size. */
const MAX_HEADER_BYTES = 10_000;
/** As numpy's NPY_MAXDIMS. */
const MAX_DIMENSIONS = 64;
/** One `'key': value,` of the dictionary. A structured type is a list, which nothing here can hold. */
const ITEM = /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"]*)\3|(True|False)|\(([\d\sL,]*)\)|(\[[^{}]*\]))\s*(?:,\s*)?/y;

/** Reads the header at the head of `take`'s bytes; each call of `take` gives the next so many. `array` is its name, for messages. */
export async function readNpyHeader(array: string, take: (bytes: number) => Promise<Buffer>): Promise<NpyHeader> {
  const start = await take(MAGIC.length + 2);
  if (!start.subarray(0, MAGIC.length).equals(MAGIC)) throw invalid(`array ${quoted(array)} is not in NumPy's format (.npy)`);
  const [major, minor] = [start.readUInt8(MAGIC.length), start.readUInt8(MAGIC.length + 1)];
  if (major < 1 || major > 3 || minor !== 0) {
    throw invalid(`array ${quoted(array)} is of version ${major}.${minor} of NumPy's format; 1.0 to 3.0 can be read`);
  }
  const lengthBytes = await take(major === 1 ? 2 : 4);
  const length = major === 1 ? lengthBytes.readUInt16LE() : lengthBytes.readUInt32LE();
  if (length > MAX_HEADER_BYTES)
    throw invalid(`array ${quoted(array)} has a header of ${length} bytes, ${MAX_HEADER_BYTES} at most are read`);
  const text = (await take(length)).toString(major === 3 ? 'utf8' : 'latin1');
  return { ...parseDictionary(array, text), bytes: start.length + lengthBytes.length + length };
}

function parseDictionary(array: string, text: string): Omit<NpyHeader, 'bytes'> {
  const garbled = (): Error => invalid(`array ${quoted(array)} has a garbled header: ${quoted(text.trim())}`);
  const body = /^\s*\{([\s\S]*)\}\s*$/.exec(text)?.[1];
  if (body === undefined) throw garbled();
  let descr: string | undefined;
  let fortran: string | undefined;
  let shape: string | undefined;
  for (const [, , key, , string, boolean, tuple, list] of items(body, garbled)) {
    if (key === 'descr' && list !== undefined) {
      throw invalid(`array ${quoted(array)} is a structured array (fields ${quoted(list)}): save each field as an array of its own`);
    }
    if (key === 'descr') descr = string;
    else if (key === 'fortran_order') fortran = boolean;
    else if (key === 'shape') shape = tuple;
    else throw garbled();
  }
  if (descr === undefined || fortran === undefined || shape === undefined) throw garbled();
  const dtype = parseDtype(descr);
  if (dtype === null) throw garbled();
  return { dtype, fortranOrder: fortran === 'True', shape: parseShape(shape, garbled) };
}

function* items(body: string, garbled: () => Error): Iterable<RegExpExecArray> {
  ITEM.lastIndex = 0;
  for (let at = 0; at < body.length; at = ITEM.lastIndex) {
    const item = ITEM.exec(body);
    if (item === null) {
      if (body.slice(at).trim() === '') return;
      throw garbled();
    }
    yield item;
  }
}

/** Python 2 wrote `3L`. */
function parseShape(tuple: string, garbled: () => Error): readonly number[] {
  const parts = tuple.split(',').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  const shape = parts.map((part) => (/^\d{1,16}L?$/.test(part) ? Number.parseInt(part, 10) : Number.NaN));
  if (shape.length > MAX_DIMENSIONS || !shape.every(Number.isSafeInteger)) throw garbled();
  return shape;
}
