import type { PairedTest } from '../comparison.js';
import type { Interval } from '../metric.js';
import type { MetricWeight, PairedTestMethod } from '../policy.js';
import type { TaskPredictions } from '../taskPredictions.js';
import { bootstrapInterval } from './bootstrapInterval.js';
import { bootstrapMethod } from './bootstrapMethod.js';
import { inCanonicalOrder } from './canonicalOrder.js';
import { compositeDraws, type FixedGoodness } from './compositeDraws.js';
import { drawsFor } from './drawsFor.js';
import { observed } from './observed.js';
import { type PairedDraws, pairedDraws } from './pairedDraws.js';
import { pairedTest } from './pairedTest.js';
import { pairTasks, type TaskPair } from './pairTasks.js';
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
  const found = pairs.map((p) => ({ base: observed(p.base), candidate: observed(p.candidate) }));
  const counted = pairedDraws(pairs, found, resampleCounts, { draws: iterations, seed });
  const fewer = drawsFor(
    iterations,
    pairs.flatMap((p) => [p.base, p.candidate]),
  );
  const sampled = pairedDraws(pairs, found, resampleSamples, { draws: fewer, seed });
  const methods = new Map(pairs.map((p) => [p.base.task, bootstrapMethod(p.base)]));
  const all = [...counted, ...sampled.filter((m) => m.bySample)];
  // A composite of both kinds needs both of the same draw.
  const mixed = weights.some(({ metric }) => all.some((m) => m.name === metric && m.bySample));
  const composite = compositeDraws(mixed ? sampled : counted, weights, fixed);
  return {
    differences: new Map(all.map((m) => [m.name, differenceInterval(m, level, methods.get(m.task) ?? '')])),
    composite:
      composite === null ? null : bootstrapInterval(composite.draws, composite.observed, level, methods.values().next().value ?? ''),
    tests: pairs.map((p) => pairedTest(p.base, p.candidate, test, significanceLevel)),
  };
}

function inOrder(pairs: readonly TaskPair[]): TaskPair[] {
  const sides = inCanonicalOrder(pairs.flatMap((p) => [p.base, p.candidate]));
  return pairs.map((p, t) => ({ base: sides[2 * t] ?? p.base, candidate: sides[2 * t + 1] ?? p.candidate }));
}

function differenceInterval({ base, candidate, observed }: PairedDraws, level: number, method: string): Interval | null {
  const differences = candidate.map((value, draw) => value - (base[draw] ?? Number.NaN));
  return bootstrapInterval(differences, observed.candidate - observed.base, level, method);
}
