import type { PairedTest } from '../comparison.js';
import type { Interval } from '../metric.js';
import type { MetricWeight, PairedTestMethod } from '../policy.js';
import type { TaskPredictions } from '../taskPredictions.js';
import { bootstrapInterval } from './bootstrapInterval.js';
import { inCanonicalOrder } from './canonicalOrder.js';
import { type CompositeDraws, compositeDraws, type FixedGoodness } from './compositeDraws.js';
import { drawsFor } from './drawsFor.js';
import { fewSamples, withFew } from './fewSamples.js';
import { differenceInterval } from './metricInterval.js';
import { type PairedDraws, type PreparedPair, pairedDraws } from './pairedDraws.js';
import { pairedTest } from './pairedTest.js';
import { pairTasks, type TaskPair } from './pairTasks.js';
import { preparedSide } from './preparedSide.js';
import { resampleCounts, resampleSamples } from './resample.js';

export interface PairedOptions {
  readonly weights: readonly MetricWeight[];
  readonly test: PairedTestMethod;
  /** Of the tests. */
  readonly significanceLevel: number;
  /** Bootstrap resamples. */
  readonly iterations: number;
  /** Of the intervals, e.g. 0.95. */
  readonly level: number;
  readonly seed: number;
  /** Goodness, 0 to 1, of weighted metrics that no benchmark measures. */
  readonly fixed: FixedGoodness;
}

export interface PairedEvidence {
  /** By metric name, in the metric's unit: interval of candidate - base; null where there is none. */
  readonly differences: ReadonlyMap<string, Interval | null>;
  /** Of the composite score's difference, on the scale 0 to 1; null where nothing that is weighed is measured. */
  readonly composite: Interval | null;
  readonly tests: readonly PairedTest[];
}

/**
 * Compares two versions sample by sample. Samples are drawn for both sides and for all tasks at once, so that what depends on the same
 * samples varies together. The order of the samples changes nothing. Throws where the sides' samples differ.
 */
export function comparePaired(
  base: readonly TaskPredictions[],
  candidate: readonly TaskPredictions[],
  { weights, test, significanceLevel, iterations, level, seed, fixed }: PairedOptions,
): PairedEvidence {
  const pairs = inOrder(pairTasks(base, candidate));
  const prepared = pairs.map((p): PreparedPair => ({ base: preparedSide(p.base), candidate: preparedSide(p.candidate) }));
  const counted = pairedDraws(prepared, resampleCounts, { draws: iterations, seed });
  const fewer = drawsFor(
    iterations,
    pairs.flatMap((p) => [p.base, p.candidate]),
  );
  const sampled = pairedDraws(prepared, resampleSamples, { draws: fewer, seed });
  const all = [...counted.filter((m) => !m.bySample), ...sampled.filter((m) => m.bySample)];
  // A composite of both kinds needs both of the same draw.
  const mixed = sampled.some((m) => m.bySample && weights.some((w) => w.metric === m.name));
  const composite = compositeDraws(mixed ? sampled : counted, weights, fixed);
  return {
    differences: new Map(all.map((m) => [m.name, intervalOf(m, prepared, level)])),
    composite: composite === null ? null : compositeInterval(composite, prepared, weights, level),
    tests: pairs.map((p) => pairedTest(p.base, p.candidate, test, significanceLevel)),
  };
}

function inOrder(pairs: readonly TaskPair[]): TaskPair[] {
  const sides = inCanonicalOrder(pairs.flatMap((p) => [p.base, p.candidate]));
  return pairs.map((p, t) => ({ base: sides[2 * t] ?? p.base, candidate: sides[2 * t + 1] ?? p.candidate }));
}

function intervalOf(drawn: PairedDraws, pairs: readonly PreparedPair[], level: number): Interval | null {
  const pair = pairs.find((p) => p.base.predictions.task === drawn.task);
  return pair === undefined ? null : differenceInterval(drawn, pair.base, pair.candidate, level);
}

function compositeInterval(
  { draws, observed }: CompositeDraws,
  pairs: readonly PreparedPair[],
  weights: readonly MetricWeight[],
  level: number,
): Interval | null {
  const interval = bootstrapInterval(draws, observed, level);
  const few = pairs.flatMap(({ base }) =>
    weights.flatMap((w) => (base.observed.has(w.metric) ? fewSamples(w.metric, base.predictions) : [])),
  );
  return interval === null ? null : { ...interval, method: withFew(interval.method, [...new Set(few)]) };
}
