import type { Millis } from './records.js';
import type { Task } from './task.js';

export type BenchmarkFormat = 'NPZ' | 'CSV';

/** One float32 input tensor [samples, features] from `features`, and one label column per task. */
export interface CsvLayout {
  readonly input: string;
  readonly features: readonly string[];
  readonly labels: readonly { readonly task: string; readonly column: string }[];
}

/** An input tensor of a benchmark, as a model is fed it. */
export interface BenchmarkInput {
  readonly name: string;
  /** ONNX name of the element type, e.g. float32. */
  readonly dtype: string;
  /** Shape of one sample, without the samples' dimension. */
  readonly sampleShape: readonly number[];
}

/** A fixed, hashed test set. It never changes: its name, digest and contents are one. */
export interface Benchmark {
  readonly name: string;
  readonly sha256: string;
  readonly format: BenchmarkFormat;
  /** Null for NPZ, whose arrays name themselves. */
  readonly csv: CsvLayout | null;
  readonly samples: number;
  readonly inputs: readonly BenchmarkInput[];
  readonly tasks: readonly Task[];
  readonly createdAt: Millis;
  /** How many different versions have been measured on it. */
  readonly uses: number;
}
