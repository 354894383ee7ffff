import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from '../metric.js';
import { percentiles } from './resampling/percentiles.js';
import { standardDeviation } from './resampling/standardDeviation.js';

/** With fewer draws than this the percentiles at the ends are left to chance; their standard deviation is not. */
const ENOUGH = 200;
const METHOD = 'stratified Bayesian bootstrap';

/** Null where fewer than half of the draws have a number. */
export type BootstrapInterval = (draws: Float64Array, observed: number, level: number) => Interval | null;

/**
 * The middle of the draws, widened where that leaves out what was observed (e.g. all right: the draws come close to it, and never
 * reach it). Of few draws, which only benchmarks of many samples are given, the normal interval with the draws' standard deviation.
 */
export const bootstrapInterval: BootstrapInterval = (draws, observed, level) => {
  const middle = percentiles(draws, level);
  if (middle === null) return null;
  if (draws.length >= ENOUGH) {
    return { low: Math.min(middle.low, observed), high: Math.max(middle.high, observed), level, method: METHOD };
  }
  const half = quantile((1 + level) / 2, 0, 1) * standardDeviation(draws);
  return { low: observed - half, high: observed + half, level, method: `${METHOD}, normal` };
};

/**
 * For the calibration error, which is never below 0 and which sampling biases upwards, and each draw again. What noise adds to its square
 * it adds twice to a draw's, so below the squares are reflected at the observed one ("basic" in Davison, Hinkley, "Bootstrap Methods and
 * their Application", 1997, section 5.2.1, on the scale of squares). Above it is normal with the draws' standard deviation, which is
 * cautious, as the observed error is too high already.
 */
export const reflectedInterval: BootstrapInterval = (draws, observed, level) => {
  const middle = percentiles(draws, level);
  if (middle === null) return null;
  const low = Math.sqrt(Math.max(0, 2 * observed ** 2 - middle.high ** 2));
  const high = observed + quantile((1 + level) / 2, 0, 1) * standardDeviation(draws);
  return { low: Math.min(low, observed), high, level, method: `reflected ${METHOD}` };
};

/**
 * For areas under the ROC curve: normal on the scale of log odds, with the draws' standard deviation there (Pohar Perme, Manevski,
 * "Confidence intervals for the Mann-Whitney test", Statistical Methods in Medical Research 28 (2019) 3755-3768). Where the observed
 * area is 0 or 1 there are no odds: the middle of the draws.
 */
export const logOddsInterval: BootstrapInterval = (draws, observed, level) => {
  if (observed <= 0 || observed >= 1) return bootstrapInterval(draws, observed, level);
  if (percentiles(draws, level) === null) return null;
  const logOdds = (share: number): number => Math.log(share / (1 - share));
  const half = quantile((1 + level) / 2, 0, 1) * standardDeviation(draws.map(logOdds));
  const share = (odds: number): number => 1 / (1 + Math.exp(-odds));
  return { low: share(logOdds(observed) - half), high: share(logOdds(observed) + half), level, method: `${METHOD}, log odds` };
};
