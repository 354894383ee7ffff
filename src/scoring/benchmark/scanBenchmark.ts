import type { BenchmarkInput } from '../../domain/benchmark.js';
import type { BenchmarkSource } from '../../scoringPorts.js';
import { openBenchmark } from './openBenchmark.js';

/** What a benchmark is found to hold. */
export interface BenchmarkScan {
  readonly samples: number;
  readonly inputs: readonly BenchmarkInput[];
  /** For each task, how many samples each of its classes has, in the order of the classes. */
  readonly labelCounts: readonly { readonly task: string; readonly counts: readonly number[] }[];
}

/** About 4 MB of float64: large enough that a batch's own cost does not count, small beside the process. */
const BATCH_VALUES = 2 ** 19;
const MAX_BATCH = 4096;

/** Reads the whole benchmark once, in batches, so that everything an evaluation will read has been read. BENCHMARK_INVALID where it can't be. */
export async function scanBenchmark(source: BenchmarkSource): Promise<BenchmarkScan> {
  const reader = await openBenchmark(source);
  try {
    const { samples, inputs } = reader;
    const counts = new Map(source.tasks.map((task) => [task.name, task.classes.map(() => 0)]));
    const values = inputs.reduce((sum, input) => sum + input.sampleShape.reduce((product, size) => product * size, 1), 0);
    for await (const { labels } of reader.batches(Math.max(1, Math.min(MAX_BATCH, Math.floor(BATCH_VALUES / values))))) {
      for (const [task, indices] of labels) count(indices, counts.get(task) ?? []);
    }
    return { samples, inputs, labelCounts: [...counts].map(([task, found]) => ({ task, counts: found })) };
  } finally {
    await reader.close();
  }
}

function count(indices: Int32Array, counts: number[]): void {
  for (const index of indices) counts[index] = (counts[index] ?? 0) + 1;
}
