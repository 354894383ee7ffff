import type { BenchmarkInput } from '../../domain/benchmark.js';
import type { TensorData } from '../../domain/prediction.js';

/** Values of one input tensor for some samples. */
export interface InputBatch {
  /** Row-major; float16 values are their bits. */
  readonly data: TensorData;
  /** ONNX name of the element type, e.g. float32. */
  readonly dtype: string;
  /** With the samples' dimension, first. */
  readonly shape: readonly number[];
}

/** Some samples in a row, inputs and labels. The arrays are its own: nothing overwrites them later. */
export interface Batch {
  /** Index of its first sample. */
  readonly first: number;
  readonly count: number;
  /** By input name, in the order of `BenchmarkReader.inputs`. */
  readonly inputs: ReadonlyMap<string, InputBatch>;
  /** By task name: indices into the task's classes. */
  readonly labels: ReadonlyMap<string, Int32Array>;
}

/**
 * Reads a benchmark in memory that does not grow with the file. Whatever is wrong with the file is a JuaraError of code BENCHMARK_INVALID,
 * thrown where it is met: in `openBenchmark` for shapes and types, in `batches` and `sample` for values.
 */
export interface BenchmarkReader {
  readonly samples: number;
  readonly inputs: readonly BenchmarkInput[];
  /** All samples in order, `size` at a time, the last batch shorter. Leaving the loop early closes what it had open. */
  batches(size: number): AsyncIterable<Batch>;
  /** One sample by its index, 0 to samples - 1; a RangeError outside of them. */
  sample(index: number): Promise<Batch>;
  close(): Promise<void>;
}
