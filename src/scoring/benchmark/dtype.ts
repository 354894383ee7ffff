/** Element type of a NumPy array, by its descr (the array interface's typestr), e.g. <f4. */
export interface Dtype {
  readonly descr: string;
  /** NumPy's letter: f float, i integer, u unsigned, U Unicode string, S bytes, O Python object, and others. */
  readonly kind: string;
  /** Bytes of one element. */
  readonly bytes: number;
  /** Bytes of one number within it, to be turned round as it is big-endian (onnxruntime's machines are not); 1: nothing to turn. */
  readonly swap: number;
}

const BYTES_PER_CODE_POINT = 4;

/** Null where it is not a plain typestr. */
export function parseDtype(descr: string): Dtype | null {
  const match = /^([<>|=]?)([A-Za-z])(\d{0,9})(?:\[\w+\])?$/.exec(descr);
  if (match === null) return null;
  const [, order = '', kind = '', digits = ''] = match;
  const size = Number(digits === '' ? 0 : digits);
  const foreign = order === '>';
  if (kind === 'U') return { descr, kind, bytes: size * BYTES_PER_CODE_POINT, swap: foreign ? BYTES_PER_CODE_POINT : 1 };
  return { descr, kind, bytes: size, swap: foreign && kind !== 'S' ? size : 1 };
}

/** Turns the bytes into the machine's order, in place. */
export function toNativeOrder(bytes: Buffer, { swap }: Dtype): Buffer {
  if (swap === 2) return bytes.swap16();
  if (swap === 4) return bytes.swap32();
  return swap === 8 ? bytes.swap64() : bytes;
}
