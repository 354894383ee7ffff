import { Tensor } from 'onnxruntime-node';
import { JuaraError } from '../../domain/errors.js';
import type { TensorData } from '../../domain/prediction.js';
import { quoted } from '../benchmark/invalid.js';
import type { Feed } from './feed.js';
import { fromFloat16, toFloat16 } from './float16.js';

type Build = (values: ArrayLike<number>, dims: readonly number[]) => Tensor;

/** Ends of the whole numbers that a type holds; `max` itself is one of them. */
function whole(min: number, max: number, build: Build): { min: number; max: number; build: Build } {
  return { min, max, build };
}

/** The largest float64 below 2^63. */
const MAX_INT64 = 2 ** 63 - 2 ** 10;

const FLOATS: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['float32', (v, dims) => new Tensor('float32', Float32Array.from(v), dims)],
  ['float64', (v, dims) => new Tensor('float64', Float64Array.from(v), dims)],
  ['float16', (v, dims) => new Tensor('float16', Uint16Array.from(v, toFloat16), dims)],
]);
const INTEGERS = new Map([
  ['uint8', whole(0, 255, (v, dims) => new Tensor('uint8', Uint8Array.from(v), dims))],
  ['int8', whole(-128, 127, (v, dims) => new Tensor('int8', Int8Array.from(v), dims))],
  ['uint16', whole(0, 65_535, (v, dims) => new Tensor('uint16', Uint16Array.from(v), dims))],
  ['int16', whole(-32_768, 32_767, (v, dims) => new Tensor('int16', Int16Array.from(v), dims))],
  ['uint32', whole(0, 2 ** 32 - 1, (v, dims) => new Tensor('uint32', Uint32Array.from(v), dims))],
  ['int32', whole(-(2 ** 31), 2 ** 31 - 1, (v, dims) => new Tensor('int32', Int32Array.from(v), dims))],
  ['int64', whole(-(2 ** 63), MAX_INT64, (v, dims) => new Tensor('int64', BigInt64Array.from(Array.from(v), BigInt), dims))],
  ['bool', whole(0, 1, (v, dims) => new Tensor('bool', Uint8Array.from(v), dims))],
]);

/** The feed in the type that the model asks for; INVALID_INPUT where a value is none of that type. */
export function modelTensor({ name, shape, data, dtype }: Feed, wanted: string): Tensor {
  const same = dtype === wanted ? unchanged(data, dtype, shape) : null;
  if (same !== null) return same;
  const values = numbersOf(data, dtype);
  const integers = INTEGERS.get(wanted);
  const build = FLOATS.get(wanted) ?? integers?.build;
  if (build === undefined) throw unfit(`input ${quoted(name)} is of type ${wanted}, which cannot be made of numbers`);
  if (integers !== undefined) {
    const { min, max } = integers;
    const index = values.findIndex((v) => !Number.isInteger(v) || v < min || v > max);
    if (index >= 0) throw unfit(`input ${quoted(name)}: element ${index} is ${values[index]}, and the model takes ${wanted}`);
  }
  return build(values, shape);
}

function unchanged(data: TensorData, dtype: string, dims: readonly number[]): Tensor | null {
  if (data instanceof Float32Array && dtype === 'float32') return new Tensor('float32', data, dims);
  if (data instanceof Float64Array && dtype === 'float64') return new Tensor('float64', data, dims);
  if (data instanceof Uint16Array && dtype === 'float16') return new Tensor('float16', data, dims);
  if (data instanceof Uint8Array && dtype === 'uint8') return new Tensor('uint8', data, dims);
  if (data instanceof Int32Array && dtype === 'int32') return new Tensor('int32', data, dims);
  if (data instanceof BigInt64Array && dtype === 'int64') return new Tensor('int64', data, dims);
  return null;
}

function numbersOf(data: TensorData, dtype: string): Float64Array {
  if (data instanceof BigInt64Array) return Float64Array.from(data, Number);
  return dtype === 'float16' ? Float64Array.from(data, fromFloat16) : Float64Array.from(data);
}

function unfit(reason: string): JuaraError {
  return new JuaraError('INVALID_INPUT', reason);
}
