import { type Comparison, compareMeasured } from '../../../src/domain/comparison.js';
import { judge } from '../../../src/domain/decision.js';
import { comparePaired } from '../../../src/domain/evidence/comparePaired.js';
import { measureTask } from '../../../src/domain/evidence/measureTask.js';
import { seededRandom } from '../../../src/domain/evidence/resampling/seededRandom.js';
import { levelForReuse } from '../../../src/domain/evidence/reuse.js';
import type { Metric } from '../../../src/domain/metric.js';
import { type PairedTestMethod, type PolicyRules, PRECURSOR_POLICY } from '../../../src/domain/policy.js';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import { CHAMPION, LEVEL, SHARED } from './settings.js';
import { answer, drawWorld, type Skill } from './world.js';

export interface GateJob {
  readonly seed: number;
  readonly samples: number;
  readonly runs: number;
  /** Challengers that are tried one after the other against the same champion on the same benchmark. */
  readonly tries: number;
  readonly challenger: Skill;
  readonly test: PairedTestMethod;
  readonly correctForReuse: boolean;
  /** Without it, what the significance rule and the composite's gain alone would promote. */
  readonly tolerances: boolean;
}

/** Runs in which a challenger was promoted, or was found better by the verdict. */
export interface GateCount {
  promoted: number;
  better: number;
}

/** Intervals take no part in the rules: one draw is enough. */
const DRAWS = 1;
/** Reported equally by both sides. */
const STABILITY = { loeo_stability: { base: 0.95, candidate: 0.95 } };

/** The whole way of the product, from every sample's answers to the decision, as often as `runs` says. */
export function gate({ seed, samples, runs, tries, challenger, test, correctForReuse, tolerances }: GateJob): GateCount {
  const random = seededRandom(seed);
  const policy: PolicyRules = {
    ...PRECURSOR_POLICY,
    ...(tolerances ? {} : { tolerances: [] }),
    benchmark: 'simulated',
    test,
    correctForReuse,
    requireMeasured: true,
  };
  const count: GateCount = { promoted: 0, better: 0 };
  for (let run = 0; run < runs; run++) {
    const world = drawWorld(random, samples);
    const champion = answer(random, world, CHAMPION, SHARED);
    const measured = metricsOf(champion);
    const outcomes = Array.from({ length: tries }, (_, tried) => {
      const level = correctForReuse ? levelForReuse(policy.significanceLevel, tried) : policy.significanceLevel;
      const comparison = compare(champion, measured, answer(random, world, challenger, SHARED), policy, level, tried);
      return { promoted: judge(policy, comparison, []).outcome === 'PROMOTE', better: comparison.verdict === 'CANDIDATE_BETTER' };
    });
    if (outcomes.some((o) => o.promoted)) count.promoted++;
    if (outcomes.some((o) => o.better)) count.better++;
  }
  return count;
}

function metricsOf(sides: readonly TaskPredictions[]): Metric[] {
  return sides.flatMap((side) => measureTask(side, { benchmark: 'simulated', seed: 1, resamples: DRAWS, level: LEVEL }).metrics);
}

function compare(
  champion: readonly TaskPredictions[],
  measured: readonly Metric[],
  challenger: readonly TaskPredictions[],
  policy: PolicyRules,
  level: number,
  tried: number,
): Comparison {
  const { weights, test } = policy;
  const options = { weights, test, significanceLevel: level, iterations: DRAWS, level: LEVEL, seed: 1, fixed: STABILITY };
  const { differences, composite, tests } = comparePaired(champion, challenger, options);
  return compareMeasured(
    {
      base: { version: '1.0.0', metrics: measured },
      candidate: { version: '1.0.1', metrics: metricsOf(challenger) },
      benchmark: 'simulated',
      answer: { intervals: Object.fromEntries(differences), composite, tests },
      level,
      tried,
    },
    policy,
  );
}
