import { goodnessOf } from '../composite.js';
import { describeMetric } from '../metric.js';
import type { MetricWeight } from '../policy.js';
import type { PairedDraws } from './pairedDraws.js';

export type FixedGoodness = Readonly<Record<string, { readonly base: number; readonly candidate: number }>>;

export interface CompositeDraws {
  /** NaN where one of the weighted metrics has no number. */
  readonly draws: Float64Array;
  readonly observed: number;
}

/**
 * The composite score's difference (candidate - base) in each draw, over the weights that both sides carry. `fixed`: goodness of the
 * weighted metrics that are not measured. Null where none of the weighted metrics is measured.
 */
export function compositeDraws(
  measured: readonly PairedDraws[],
  weights: readonly MetricWeight[],
  fixed: FixedGoodness,
): CompositeDraws | null {
  const terms = weights.flatMap(({ metric, weight }) => {
    const drawn = measured.find((m) => m.name === metric);
    return drawn === undefined ? [] : [{ drawn, weight, goodness: goodnessOf({ name: metric, ...describeMetric(metric, drawn.task) }) }];
  });
  if (terms.length === 0) return null;
  const constant = weights.flatMap(({ metric, weight }) => {
    const both = terms.some((t) => t.drawn.name === metric) ? undefined : fixed[metric];
    return both === undefined ? [] : [{ weight, difference: both.candidate - both.base }];
  });
  const total = [...terms, ...constant].reduce((sum, t) => sum + t.weight, 0);
  let observed = constant.reduce((sum, t) => sum + (t.weight / total) * t.difference, 0);
  const draws = new Float64Array(terms[0]?.drawn.base.length ?? 0).fill(observed);
  for (const { drawn, weight, goodness } of terms) {
    const share = weight / total;
    observed += share * (goodness(drawn.observed.candidate) - goodness(drawn.observed.base));
    for (let draw = 0; draw < draws.length; draw++) {
      const difference = goodness(drawn.candidate[draw] ?? Number.NaN) - goodness(drawn.base[draw] ?? Number.NaN);
      draws[draw] = (draws[draw] ?? 0) + share * difference;
    }
  }
  return { draws, observed };
}
