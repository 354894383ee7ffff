import type { BenchmarkSource } from '../../scoringPorts.js';
import type { BenchmarkReader } from './benchmarkReader.js';
import { invalid } from './invalid.js';
import { openCsv } from './openCsv.js';
import { openNpz } from './openNpz.js';

/** BENCHMARK_INVALID where the file is not what `source` says; a stranger wrote it, so this belongs into a process of cappedChild.ts. */
export async function openBenchmark({ path, format, csv, tasks }: BenchmarkSource): Promise<BenchmarkReader> {
  switch (format) {
    case 'NPZ':
      return openNpz(path, tasks);
    case 'CSV':
      if (csv === null) throw invalid('a CSV file needs a layout: which columns are features, and which are labels');
      return openCsv(path, csv, tasks);
    default:
      return format satisfies never;
  }
}
