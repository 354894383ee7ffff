import type { Interval, Metric } from './metric.js';
import type { MetricWeight } from './policy.js';

/** `coverage`: share of the weights that both sides carry a metric for; `missing`: the other weights' metrics. */
export interface CompositeDifference {
  readonly base: number;
  readonly candidate: number;
  readonly difference: number;
  readonly interval: Interval | null;
  readonly coverage: number;
  readonly missing: readonly string[];
  /** WEIGHTED: computed here from the policy's weights; REPORTED: both sides' own composite_score. */
  readonly source: 'WEIGHTED' | 'REPORTED';
}

/** A metric on the scale 0 (worst) to 1 (best): see goodnessOf. */
export function goodness(metric: Metric): number {
  return goodnessOf(metric)(metric.value);
}

/**
 * Puts a metric's values on the scale 0 (worst) to 1 (best): percent by 100, mcc from -1..1, rates and bounded losses turned round. A
 * log loss becomes the probability that the truth was given (its geometric mean); what else is better lower and has no bound, such as
 * milliseconds or a mean squared error, x becomes 1 / (1 + x).
 */
export function goodnessOf({ name, unit, direction }: Pick<Metric, 'name' | 'unit' | 'direction'>): (value: number) => number {
  const scale = unit === 'PERCENT' ? 100 : 1;
  if (direction === 'HIGHER_IS_BETTER' || /(^|_)mcc(_|$)/.test(name)) return (value) => value / scale;
  if (unit === 'PERCENT' || unit === 'FRACTION') return (value) => 1 - value / scale;
  return /(^|_)log_loss(_|$)/.test(name) ? (value) => Math.exp(-value) : (value) => 1 / (1 + Math.max(0, value));
}

const find = (metrics: readonly Metric[], name: string): Metric | undefined => metrics.find((m) => m.name === name);

/**
 * The composite score of both sides over the weights that both carry. Where a weighted metric is missing, the composite_score that
 * both pipelines reported speaks for the whole; else what is there is weighed alone (unless `requireAll`). Null where nothing can
 * be compared: no number is made up.
 */
export function compositeDifference(
  weights: readonly MetricWeight[],
  base: readonly Metric[],
  candidate: readonly Metric[],
  requireAll: boolean,
): CompositeDifference | null {
  const shared = weights.flatMap(({ metric, weight }) => {
    const b = find(base, metric);
    const c = find(candidate, metric);
    return b === undefined || c === undefined ? [] : [{ metric, weight, b: goodness(b), c: goodness(c) }];
  });
  const missing = weights.map((w) => w.metric).filter((name) => !shared.some((s) => s.metric === name));
  if (requireAll && missing.length > 0) return null;
  const total = weights.reduce((sum, w) => sum + w.weight, 0);
  const weight = shared.reduce((sum, s) => sum + s.weight, 0);
  const coverage = missing.length === 0 ? 1 : weight / total;
  const own = { b: find(base, 'composite_score'), c: find(candidate, 'composite_score') };
  if (missing.length > 0 && own.b !== undefined && own.c !== undefined) {
    return {
      base: own.b.value,
      candidate: own.c.value,
      difference: own.c.value - own.b.value,
      interval: null,
      coverage,
      missing,
      source: 'REPORTED',
    };
  }
  if (shared.length === 0) return null;
  const mean = (side: 'b' | 'c'): number => shared.reduce((sum, s) => sum + s.weight * s[side], 0) / weight;
  const [b, c] = [mean('b'), mean('c')];
  return { base: b, candidate: c, difference: c - b, interval: null, coverage, missing, source: 'WEIGHTED' };
}
