/** Thread that reads a benchmark ahead of the model: asked once for each block, it sends a Batch, and null after the last. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BenchmarkSource } from '../../scoringPorts.js';
import type { Batch } from '../benchmark/benchmarkReader.js';
import { openBenchmark } from '../benchmark/openBenchmark.js';

const { source, size } = workerData as { readonly source: BenchmarkSource; readonly size: number };

async function* blocks(): AsyncGenerator<Batch> {
  const reader = await openBenchmark(source);
  try {
    yield* reader.batches(size);
  } finally {
    await reader.close();
  }
}

const waiting = blocks();
parentPort?.on('message', async () => {
  const { value } = await waiting.next();
  const batch: Batch | null = value ?? null;
  const buffers = batch === null ? [] : [...batch.inputs.values(), ...[...batch.labels.values()].map((data) => ({ data }))];
  parentPort?.postMessage(
    batch,
    buffers.map(({ data }) => data.buffer as ArrayBuffer),
  );
});
