import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from '../metric.js';

/** Halvings of a range of at most 2: the bounds are exact to 1e-14. */
const HALVINGS = 50;

/**
 * Score interval of the difference between two rates of the same samples, in percent, `onlyFirst` - `onlySecond` of `trials`: Tango,
 * "Equivalence test and confidence interval for the difference in proportions for the paired-sample design", Statistics in Medicine 17
 * (1998) 891-908. At a difference of 0 its test is McNemar's.
 */
export function tangoInterval(onlyFirst: number, onlySecond: number, trials: number, level: number): Interval {
  const z = quantile((1 + level) / 2, 0, 1);
  const observed = (onlyFirst - onlySecond) / trials;
  const tooFar = (difference: number): boolean => {
    const distance = onlyFirst - onlySecond - trials * difference;
    return distance ** 2 > z ** 2 * variance(onlyFirst, onlySecond, trials, difference);
  };
  const boundary = (end: number): number => {
    let [outside, inside] = [end, observed];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (outside + inside) / 2;
      if (tooFar(middle)) outside = middle;
      else inside = middle;
    }
    return 100 * inside;
  };
  return { low: boundary(-1), high: boundary(1), level, method: 'Tango' };
}

/** Of onlyFirst - onlySecond, at the most likely probabilities that differ by `difference`. */
function variance(onlyFirst: number, onlySecond: number, trials: number, difference: number): number {
  const a = 2 * trials;
  const b = -onlyFirst - onlySecond + (2 * trials - onlyFirst + onlySecond) * difference;
  const c = -onlySecond * difference * (1 - difference);
  const second = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  return trials * (2 * second + difference * (1 - difference));
}
