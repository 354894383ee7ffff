import { goodnessOf } from '../../../src/domain/composite.js';
import { comparePaired } from '../../../src/domain/evidence/comparePaired.js';
import { measureTask } from '../../../src/domain/evidence/measureTask.js';
import { seededRandom } from '../../../src/domain/evidence/resampling/seededRandom.js';
import { describeMetric, type Interval } from '../../../src/domain/metric.js';
import { PRECURSOR_POLICY } from '../../../src/domain/policy.js';
import { LEVEL, SHARED } from './settings.js';
import { answer, drawWorld, type Skill } from './world.js';

/** How often an interval held the truth, lay above it or below it, or was not given. */
export interface Coverage {
  held: number;
  above: number;
  below: number;
  none: number;
}

export interface CoverageJob {
  readonly seed: number;
  readonly samples: number;
  readonly runs: number;
  readonly resamples: number;
  readonly base: Skill;
  readonly candidate: Skill;
  readonly baseTruth: Readonly<Record<string, number>>;
  readonly candidateTruth: Readonly<Record<string, number>>;
}

const COMPOSITE = { ...PRECURSOR_POLICY, weights: PRECURSOR_POLICY.weights.filter((w) => w.metric !== 'loeo_stability') };

/** By metric name, of a version's own numbers; with 'difference of' before it, of two versions' difference. */
export function coverage({
  seed,
  samples,
  runs,
  resamples,
  base,
  candidate,
  baseTruth,
  candidateTruth,
}: CoverageJob): Record<string, Coverage> {
  const random = seededRandom(seed);
  const found: Record<string, Coverage> = {};
  for (let run = 0; run < runs; run++) {
    const world = drawWorld(random, samples);
    const [b, c] = [answer(random, world, base, SHARED), answer(random, world, candidate, SHARED)];
    for (const side of b) {
      const { metrics } = measureTask(side, { benchmark: 'simulated', seed: run, resamples, level: LEVEL });
      for (const { name, interval } of metrics) tally(found, name, interval, baseTruth[name] ?? Number.NaN);
    }
    const { weights, significanceLevel, test } = COMPOSITE;
    const paired = comparePaired(b, c, { weights, test, significanceLevel, iterations: resamples, level: LEVEL, seed: run, fixed: {} });
    for (const [name, interval] of paired.differences) {
      tally(found, `difference of ${name}`, interval, (candidateTruth[name] ?? Number.NaN) - (baseTruth[name] ?? Number.NaN));
    }
    tally(found, 'difference of composite_score', paired.composite, compositeTruth(candidateTruth) - compositeTruth(baseTruth));
  }
  return found;
}

function compositeTruth(values: Readonly<Record<string, number>>): number {
  const total = COMPOSITE.weights.reduce((sum, w) => sum + w.weight, 0);
  return COMPOSITE.weights.reduce((sum, { metric, weight }) => {
    const goodness = goodnessOf({ name: metric, ...describeMetric(metric) });
    return sum + (weight / total) * goodness(values[metric] ?? Number.NaN);
  }, 0);
}

function tally(found: Record<string, Coverage>, name: string, interval: Interval | null, value: number): void {
  const entry = found[name] ?? { held: 0, above: 0, below: 0, none: 0 };
  found[name] = entry;
  if (interval === null) entry.none++;
  else if (interval.low > value) entry.above++;
  else if (interval.high < value) entry.below++;
  else entry.held++;
}
