import type { Connection } from './connection.js';
import type { FileContent } from './fileSource.js';
import { operation } from './operation.js';
import { PAGE_INFO, type Page, type PageOptions } from './page.js';
import { TASK_FIELDS, type Task, type TaskInput } from './task.js';
import type { OnProgress, UploadCalls } from './uploadCalls.js';

export type BenchmarkFormat = 'NPZ' | 'CSV';

/** One float32 input tensor [samples, features] from these columns, and one label column per task. */
export interface CsvLayout {
  readonly input: string;
  readonly features: readonly string[];
  readonly labels: readonly { readonly task: string; readonly column: string }[];
}

/** A fixed, hashed test set. */
export interface Benchmark {
  readonly name: string;
  readonly sha256: string;
  readonly format: BenchmarkFormat;
  readonly samples: number;
  readonly inputs: readonly { readonly name: string; readonly dtype: string; readonly sampleShape: readonly number[] }[];
  readonly tasks: readonly Task[];
  readonly createdAt: string;
  /** How many different versions have been measured on it. */
  readonly uses: number;
}

export interface BenchmarkOptions {
  readonly name: string;
  /** Path on this machine, or bytes. */
  readonly file: FileContent;
  readonly format: BenchmarkFormat;
  readonly tasks: readonly TaskInput[];
  /** For CSV, and needed there. */
  readonly csv?: CsvLayout;
  readonly onProgress?: OnProgress;
}

interface RegisterBenchmarkInput extends Omit<BenchmarkOptions, 'onProgress' | 'file'> {
  readonly file: string;
}

export const BENCHMARK_FIELDS = `name sha256 format samples inputs { name dtype sampleShape } tasks { ${TASK_FIELDS} } createdAt uses`;

const BENCHMARK = operation<{ benchmark: Benchmark | null }, { name: string }>(
  `query Benchmark($name: String!) { benchmark(name: $name) { ${BENCHMARK_FIELDS} } }`,
);
const BENCHMARKS = operation<{ benchmarks: Page<Benchmark> }, PageOptions>(
  `query Benchmarks($first: Int, $after: String) { benchmarks(first: $first, after: $after) { nodes { ${BENCHMARK_FIELDS} } ${PAGE_INFO} } }`,
);
const REGISTER = operation<{ registerBenchmark: Benchmark }, { input: RegisterBenchmarkInput }>(
  `mutation RegisterBenchmark($input: RegisterBenchmarkInput!) { registerBenchmark(input: $input) { ${BENCHMARK_FIELDS} } }`,
);

export interface BenchmarkCalls {
  /** Null where there is none of this name. */
  getBenchmark(name: string): Promise<Benchmark | null>;
  /** By name. */
  getBenchmarks(options?: PageOptions): Promise<Page<Benchmark>>;
  /** Uploads the file where the server lacks it, and registers it; the server reads it through. */
  registerBenchmark(options: BenchmarkOptions): Promise<Benchmark>;
}

export function benchmarkCalls({ query }: Connection, { upload }: UploadCalls): BenchmarkCalls {
  return {
    getBenchmark: async (name) => (await query(BENCHMARK, { name })).benchmark,
    getBenchmarks: async (options = {}) => (await query(BENCHMARKS, { first: 20, ...options })).benchmarks,
    registerBenchmark: async ({ file, onProgress, ...rest }) => {
      const { sha256 } = await upload(file, { name: rest.name, ...(onProgress === undefined ? {} : { onProgress }) });
      return (await query(REGISTER, { input: { ...rest, file: sha256 } })).registerBenchmark;
    },
  };
}
