import type { Interval } from '../metric.js';

interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * Interval of candidate - base from an interval of each and their correlation: MOVER, the method of variance estimates recovery (Zou,
 * "On the estimation of additive interaction by use of the four-by-two table and beyond", American Journal of Epidemiology 168 (2008)
 * 212-224). With 0 for two models that answer the same samples it is wide.
 */
export function recoveredInterval(base: Estimate, candidate: Estimate, correlation: number): Interval {
  const difference = candidate.value - base.value;
  const distance = (ofCandidate: number, ofBase: number): number =>
    Math.sqrt(Math.max(0, ofCandidate ** 2 + ofBase ** 2 - 2 * correlation * ofCandidate * ofBase));
  const down = distance(candidate.value - candidate.interval.low, base.interval.high - base.value);
  const up = distance(candidate.interval.high - candidate.value, base.value - base.interval.low);
  const { level, method } = candidate.interval;
  return { low: difference - down, high: difference + up, level, method: `${method}, MOVER` };
}
