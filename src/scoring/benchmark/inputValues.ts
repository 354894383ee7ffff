import type { TensorData } from '../../domain/prediction.js';
import { type Dtype, toNativeOrder } from './dtype.js';

export interface InputType {
  /** ONNX's name. */
  readonly dtype: string;
  readonly view: (buffer: ArrayBufferLike, offset: number, length: number) => TensorData;
}

const INPUT_TYPES: ReadonlyMap<string, InputType> = new Map([
  ['f2', { dtype: 'float16', view: (b, o, n) => new Uint16Array(b, o, n) }],
  ['f4', { dtype: 'float32', view: (b, o, n) => new Float32Array(b, o, n) }],
  ['f8', { dtype: 'float64', view: (b, o, n) => new Float64Array(b, o, n) }],
  ['u1', { dtype: 'uint8', view: (b, o, n) => new Uint8Array(b, o, n) }],
  ['i4', { dtype: 'int32', view: (b, o, n) => new Int32Array(b, o, n) }],
  ['i8', { dtype: 'int64', view: (b, o, n) => new BigInt64Array(b, o, n) }],
] satisfies [string, InputType][]);

export const INPUT_TYPE_NAMES = [...INPUT_TYPES.values()].map((type) => type.dtype).join(', ');

/** Undefined where no input may have the type. */
export function inputTypeOf({ kind, bytes }: Dtype): InputType | undefined {
  return INPUT_TYPES.get(`${kind}${bytes}`);
}

/** `bytes` becomes the array's memory: it must be nobody else's, and begin at a multiple of the element's size. */
export function inputValues(bytes: Buffer, dtype: Dtype, type: InputType): TensorData {
  toNativeOrder(bytes, dtype);
  return type.view(bytes.buffer, bytes.byteOffset, bytes.length / dtype.bytes);
}
