import type { Interval } from '../metric.js';
import { percentiles } from './resampling/percentiles.js';

/**
 * The middle of the draws, widened where that leaves out what was observed (e.g. all right: the draws come close to it, and never
 * reach it). Null where fewer than half of the draws have a number.
 */
export function bootstrapInterval(draws: Float64Array, observed: number, level: number, method: string): Interval | null {
  const middle = percentiles(draws, level);
  return middle === null ? null : { low: Math.min(middle.low, observed), high: Math.max(middle.high, observed), level, method };
}
