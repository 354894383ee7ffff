import type { Batch } from '../benchmark/benchmarkReader.js';
import { part } from './batchesOf.js';

const WARM_UP = 2;
const LEAST_RUNS = 8;
const MOST_RUNS = 100;
/** Of the time that the whole evaluation took. */
const SHARE_OF_TIME = 0.03;

/**
 * Quantiles of the time that the model takes for one sample, in milliseconds: samples of the last batch, one at a time; a model that takes
 * a fixed number of samples is asked for as many, and the time is divided by them.
 */
export async function sampleLatency(
  run: (batch: Batch) => Promise<unknown>,
  last: Batch | null,
  fixedBatch: number | null,
  tookMs: number,
): Promise<{ p50: number; p95: number }> {
  if (last === null) throw new Error('no sample has run');
  const times: number[] = [];
  const end = performance.now() + tookMs * SHARE_OF_TIME;
  for (let i = 0; i < WARM_UP + MOST_RUNS; i += 1) {
    if (i >= WARM_UP + LEAST_RUNS && performance.now() > end) break;
    const batch = part(last, i % last.count, 1);
    const start = performance.now();
    await run(batch);
    if (i >= WARM_UP) times.push((performance.now() - start) / (fixedBatch ?? 1));
  }
  times.sort((a, b) => a - b);
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** Of sorted values: the smallest that at least so large a share does not exceed (type 1 of Hyndman and Fan, 1996). */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
