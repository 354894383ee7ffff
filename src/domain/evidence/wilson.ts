import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from '../metric.js';

/**
 * Score interval of a rate, in percent: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927) 209-212, without continuity correction (method 3 of Newcombe, Statistics in Medicine 17
 * (1998) 857-872). `level`: e.g. 0.95. Null where there are no trials.
 */
export function wilson(successes: number, trials: number, level: number): Interval | null {
  if (trials === 0) return null;
  const z = quantile((1 + level) / 2, 0, 1);
  const share = successes / trials;
  const squares = z ** 2 / trials;
  const middle = (share + squares / 2) / (1 + squares);
  const half = (z * Math.sqrt((share * (1 - share)) / trials + squares / (4 * trials))) / (1 + squares);
  // At the ends the bound is 0 or 1 itself; the subtraction would leave a rounding error there.
  const low = successes === 0 ? 0 : 100 * (middle - half);
  const high = successes === trials ? 100 : 100 * (middle + half);
  return { low, high, level, method: 'Wilson' };
}
