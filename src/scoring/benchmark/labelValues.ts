import { type Dtype, toNativeOrder } from './dtype.js';

/** Longest string type that is read; a class name has 200 characters at most. */
const MAX_STRING_BYTES = 4096;

type IntegerView = new (buffer: ArrayBufferLike, offset: number, length: number) => ArrayLike<number | bigint>;
const INTEGERS: ReadonlyMap<string, IntegerView> = new Map<string, IntegerView>([
  ['i1', Int8Array],
  ['i2', Int16Array],
  ['i4', Int32Array],
  ['i8', BigInt64Array],
  ['u1', Uint8Array],
  ['u2', Uint16Array],
  ['u4', Uint32Array],
  ['u8', BigUint64Array],
]);

/** Undefined where the type is no integer. The bytes become the numbers' memory: they must be nobody else's. */
export function integerDecoder(dtype: Dtype): ((bytes: Buffer) => ArrayLike<number | bigint>) | undefined {
  const View = INTEGERS.get(`${dtype.kind}${dtype.bytes}`);
  if (View === undefined) return undefined;
  return (bytes) => new View(toNativeOrder(bytes, dtype).buffer, bytes.byteOffset, bytes.length / dtype.bytes);
}

/** Undefined where the type is no string, or one that is too long. */
export function stringDecoder(dtype: Dtype): ((bytes: Buffer) => readonly string[]) | undefined {
  const { kind, bytes: size } = dtype;
  if (size === 0 || size > MAX_STRING_BYTES || (kind !== 'U' && kind !== 'S')) return undefined;
  const decode = kind === 'U' ? utf32 : utf8;
  return (bytes) => {
    toNativeOrder(bytes, dtype);
    return Array.from({ length: bytes.length / size }, (_, i) => decode(bytes.subarray(i * size, (i + 1) * size)));
  };
}

function utf8(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\0+$/, '');
}

/** NumPy's U: code points of four bytes, filled up with zeros. What is no code point becomes U+FFFD, which no class is called. */
function utf32(bytes: Buffer): string {
  const points = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let text = '';
  for (const point of points.subarray(0, points.findLastIndex((p) => p !== 0) + 1)) {
    text += point <= 0x10_ff_ff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}
