import { zip } from './zip.js';

/** An array as numpy would write it. */
export interface NpyInput {
  /** A NumPy type name (float32, int64, ...) or a descr as the file has it (<U5, S3, >f4). */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Row-major; or the bytes as they stand. */
  readonly data: ArrayLike<number | bigint | string> | Uint8Array;
  /** Major version of the .npy format; 1 where it is left out. */
  readonly version?: 1 | 2 | 3;
  readonly fortranOrder?: boolean;
}

export interface NpzOptions {
  readonly deflate?: boolean;
  readonly zip64?: boolean;
}

const DESCR: Readonly<Record<string, string>> = {
  ...{ float16: '<f2', float32: '<f4', float64: '<f8', bool: '|b1', complex128: '<c16' },
  ...{ int8: '|i1', int16: '<i2', int32: '<i4', int64: '<i8', uint8: '|u1', uint16: '<u2', uint32: '<u4', uint64: '<u8' },
};

/** A .npz archive, as numpy.savez (or savez_compressed) writes it. */
export function npz(entries: Readonly<Record<string, NpyInput>>, options: NpzOptions = {}): Buffer {
  return zip(Object.entries(entries).map(([name, array]) => ({ name: `${name}.npy`, bytes: npy(array), ...options })));
}

/** A .npy file. */
export function npy(array: NpyInput): Buffer {
  const descr = DESCR[array.dtype] ?? array.dtype;
  return Buffer.concat([npyHeader({ ...array, dtype: descr }), encode(descr, array.data)]);
}

/** The header alone; `dtype` as the file has it. */
export function npyHeader({ dtype, shape, version = 1, fortranOrder = false }: Omit<NpyInput, 'data'>): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const order = fortranOrder ? 'True' : 'False';
  return npyHeaderOf(`{'descr': '${dtype}', 'fortran_order': ${order}, 'shape': ${tuple}, }`, version);
}

/** A header of any text. */
export function npyHeaderOf(text: string, version = 1): Buffer {
  const start = Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1');
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  const padded = text.padEnd(Math.ceil((text.length + 11 + length.length) / 64) * 64 - 9 - length.length);
  const body = Buffer.from(`${padded}\n`, version === 3 ? 'utf8' : 'latin1');
  length.writeUIntLE(body.length, 0, length.length);
  return Buffer.concat([start, length, body]);
}

type Setter = (view: DataView, at: number, value: number | bigint | string, little: boolean) => void;

const SETTERS: Readonly<Record<string, Setter>> = {
  f2: (view, at, value, little) => view.setUint16(at, halfBits(Number(value)), little),
  f4: (view, at, value, little) => view.setFloat32(at, Number(value), little),
  f8: (view, at, value, little) => view.setFloat64(at, Number(value), little),
  c16: (view, at, value, little) => view.setFloat64(at, Number(value), little),
  b1: (view, at, value) => view.setUint8(at, Number(value)),
  i1: (view, at, value) => view.setInt8(at, Number(value)),
  i2: (view, at, value, little) => view.setInt16(at, Number(value), little),
  i4: (view, at, value, little) => view.setInt32(at, Number(value), little),
  i8: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
  u1: (view, at, value) => view.setUint8(at, Number(value)),
  u2: (view, at, value, little) => view.setUint16(at, Number(value), little),
  u4: (view, at, value, little) => view.setUint32(at, Number(value), little),
  u8: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
};

const STRINGS: Readonly<Record<string, Setter>> = {
  U(view, at, value, little) {
    for (const [i, letter] of [...String(value)].entries()) view.setUint32(at + 4 * i, letter.codePointAt(0) ?? 0, little);
  },
  S(view, at, value) {
    for (const [i, byte] of Buffer.from(String(value)).entries()) view.setUint8(at + i, byte);
  },
};

function encode(descr: string, data: NpyInput['data']): Buffer {
  if (data instanceof Uint8Array) return Buffer.from(data);
  const little = !descr.startsWith('>');
  const [, kind = '', digits = ''] = /^[<>|=]?([a-zA-Z])(\d+)/.exec(descr) ?? [];
  const size = kind === 'U' ? 4 * Number(digits) : Number(digits);
  const bytes = Buffer.alloc(size * data.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const set = SETTERS[kind + digits] ?? STRINGS[kind];
  if (set === undefined) throw new Error(`no values can be written as ${descr}: give its bytes`);
  for (const [i, value] of Array.from(data).entries()) set(view, i * size, value, little);
  return bytes;
}

/** The IEEE 754 half that holds the value; normal numbers, zero and infinities only, rounded towards zero. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  if (size >= 65536) return sign | 0x7c00;
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | Math.floor((size / 2 ** exponent - 1) * 1024);
}
