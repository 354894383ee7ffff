import type { BenchmarkInput } from '../../domain/benchmark.js';
import { JuaraError } from '../../domain/errors.js';
import type { TensorInfo } from '../../domain/records.js';
import { listed, quoted, shapeText } from '../benchmark/invalid.js';

export interface InputPlan {
  /** Names of the model's inputs. */
  readonly names: readonly string[];
  /** The only batch size that the model takes; null: any. */
  readonly fixedBatch: number | null;
  readonly notes: readonly string[];
}

/** Holds the benchmark's inputs against those that the model takes; EVALUATION_FAILED, with both shapes or types, where they do not fit. */
export function planInputs(inputs: readonly TensorInfo[], given: readonly BenchmarkInput[]): InputPlan {
  let fixedBatch: number | null = null;
  for (const input of inputs) {
    const array = given.find(({ name }) => name === input.name);
    if (array === undefined) {
      const has = listed(given.map(({ name }) => name));
      throw failed(`the model takes an input ${quoted(input.name)}, and the benchmark has ${has}`);
    }
    checkFit(input, array);
    const batch = input.shape[0] ?? null;
    if (batch === 0) throw failed(`the model takes 0 samples of ${quoted(input.name)} at a time`);
    if (batch !== null && fixedBatch !== null && batch !== fixedBatch) {
      throw failed(`the model takes ${fixedBatch} samples of one input and ${batch} of ${quoted(input.name)} at a time`);
    }
    fixedBatch ??= batch;
  }
  const names = inputs.map(({ name }) => name);
  const unused = given.filter(({ name }) => !names.includes(name));
  const notes = unused.map(({ name }) => `the benchmark's input ${name} is not used by the model`);
  return { names, fixedBatch, notes };
}

function checkFit({ name, dtype, shape }: TensorInfo, array: BenchmarkInput): void {
  if (dtype !== array.dtype) throw failed(`input ${quoted(name)} is ${array.dtype} in the benchmark, and the model takes ${dtype}`);
  // Empty: a scalar, or a shape that the file does not tell.
  if (shape.length === 0) return;
  const sample = ['N', ...array.sampleShape];
  const fits = sample.length === shape.length && array.sampleShape.every((size, i) => (shape[i + 1] ?? size) === size);
  if (!fits) {
    const model = shapeText(shape.map((size) => size ?? 'any'));
    throw failed(`input ${quoted(name)} has shape ${shapeText(sample)} in the benchmark (N samples), and the model takes ${model}`);
  }
}

function failed(reason: string): JuaraError {
  return new JuaraError('EVALUATION_FAILED', reason);
}
