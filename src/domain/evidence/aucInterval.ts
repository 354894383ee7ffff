import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from '../metric.js';

/** Halvings of a range of 1: the bounds are exact to 1e-15. */
const HALVINGS = 50;

/**
 * Interval of an area under the ROC curve that holds with a handful of samples on one side, also where the area is 1: the areas that
 * are not further from the observed one than chance explains, with the variance of Hanley and McNeil (1982), balanced between the two
 * sides (method 5 of Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney statistic. Part 2", Statistics
 * in Medicine 25 (2006) 559-573).
 */
export function aucInterval(area: number, positives: number, negatives: number, level: number): Interval {
  const z = quantile((1 + level) / 2, 0, 1);
  const pairs = (positives + negatives) / 2 - 1;
  const tooFar = (truth: number): boolean => {
    const spread = 1 + pairs * ((1 - truth) / (2 - truth) + truth / (1 + truth));
    return (truth - area) ** 2 > (z ** 2 * truth * (1 - truth) * spread) / (positives * negatives);
  };
  const low = area === 0 ? 0 : boundary(0, area, tooFar);
  const high = area === 1 ? 1 : boundary(1, area, tooFar);
  return { low, high, level, method: 'Newcombe' };
}

/** Between `far`, which is too far, and `near`, which is not. */
function boundary(far: number, near: number, tooFar: (truth: number) => boolean): number {
  let [outside, inside] = [far, near];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (outside + inside) / 2;
    if (tooFar(middle)) outside = middle;
    else inside = middle;
  }
  return inside;
}
