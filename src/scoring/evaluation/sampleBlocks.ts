import type { BenchmarkSource } from '../../scoringPorts.js';
import type { Batch } from '../benchmark/benchmarkReader.js';
import { AskedThread } from './askedThread.js';

/** Blocks that are read, or being read, while the model works on one. */
const AHEAD = 2;

/** The benchmark in blocks of `size` samples, read by a thread of its own. BENCHMARK_INVALID where the file is not what it was. */
export async function* sampleBlocks(entry: URL, source: BenchmarkSource, size: number): AsyncGenerator<Batch> {
  const thread = new AskedThread<null, Batch | null>(entry, { workerData: { source, size } });
  try {
    const coming = Array.from({ length: AHEAD }, () => thread.ask(null));
    for (let block = await coming.shift(); block != null; block = await coming.shift()) {
      coming.push(thread.ask(null));
      yield block;
    }
  } finally {
    await thread.end();
  }
}
