/** Where the bytes stop to be protobuf; `cutShort` where a length leads beyond the end of its message. */
export class WireError extends Error {
  constructor(
    readonly position: number,
    readonly cutShort: boolean,
  ) {
    super(`protobuf breaks at byte ${position}`);
  }
}

/** One field of a message: `start` to `end` spans its payload, `from` its tag; `value` is the number of a varint, else 0. */
export interface WireField {
  readonly number: number;
  readonly type: number;
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

export const VARINT = 0;
export const LENGTH_DELIMITED = 2;
const FIXED_WIDTH: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/**
 * The fields of the protobuf message in bytes[start, end), without copying or decoding any of them: a model of 100 MB of float_data
 * costs a decoder 400 MB and a second, and this nothing. Throws WireError. Groups (types 3 and 4) are refused: ONNX has none.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function* wireFields(bytes: Uint8Array, start: number, end: number): Generator<WireField> {
  let at = start;
  while (at < end) {
    const from = at;
    const tag = varint(bytes, at, end);
    const [number, type] = [Math.floor(tag.value / 8), tag.value % 8];
    if (number === 0 || tag.value > 0xffffffff) throw new WireError(from, false);
    at = tag.next;
    if (type === VARINT) {
      const { value, next } = varint(bytes, at, end);
      yield { number, type, from, start: at, end: next, value };
      at = next;
      continue;
    }
    const length = type === LENGTH_DELIMITED ? varint(bytes, at, end) : { value: FIXED_WIDTH[type], next: at };
    if (length.value === undefined) throw new WireError(from, false);
    const last = length.next + length.value;
    if (last > end) throw new WireError(from, true);
    yield { number, type, from, start: length.next, end: last, value: 0 };
    at = last;
  }
}

/** The varints of a packed field. */
export function* packedVarints(bytes: Uint8Array, start: number, end: number): Generator<number> {
  for (let at = start; at < end; ) {
    const { value, next } = varint(bytes, at, end);
    yield value;
    at = next;
  }
}

/** Beyond 2^53 the value is rounded; whoever asks only wants to know that it is huge, or (from 2^63 on) negative. */
function varint(bytes: Uint8Array, start: number, end: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    if (start + i >= end) throw new WireError(start, true);
    const byte = bytes[start + i] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value: value >= 2 ** 63 ? value - 2 ** 64 : value, next: start + i + 1 };
  }
  throw new WireError(start, false);
}
