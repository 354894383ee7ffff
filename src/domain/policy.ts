import { JuaraError } from './errors.js';
import { checkIdentifier } from './names.js';
import type { Millis } from './records.js';
import type { Task } from './task.js';
import { checkTrustedKeys, type TrustedKey } from './trustedKey.js';

export type PairedTestMethod = 'MCNEMAR_EXACT' | 'MCNEMAR_MIDP' | 'PAIRED_BOOTSTRAP';

export interface MetricWeight {
  readonly metric: string;
  readonly weight: number;
}

/** maxHarm: the most that the metric may get worse, in its own unit. */
export interface MetricTolerance {
  readonly metric: string;
  readonly maxHarm: number;
}

export interface PolicyRules {
  readonly benchmark: string | null;
  readonly weights: readonly MetricWeight[];
  readonly minImprovement: number;
  readonly significanceLevel: number;
  readonly test: PairedTestMethod;
  readonly testTask: string | null;
  readonly bootstrapIterations: number;
  readonly tolerances: readonly MetricTolerance[];
  readonly strict: boolean;
  readonly requireMeasured: boolean;
  readonly requireAllWeighted: boolean;
  readonly requireApproval: boolean;
  readonly autoPromote: boolean;
  readonly correctForReuse: boolean;
  readonly minNewTrainingEvents: number;
  readonly maxDaysBetweenTraining: number;
  readonly requireSignature: boolean;
  /** Who may sign; counts where a signature is required. */
  readonly trustedKeys: readonly TrustedKey[];
}

/** One revision of a model's policy; revisions are kept for ever. */
export interface Policy extends PolicyRules {
  readonly model: string;
  readonly revision: number;
  readonly at: Millis;
  readonly actor: string;
}

const COMMON = {
  benchmark: null,
  minImprovement: 0.005,
  significanceLevel: 0.05,
  test: 'MCNEMAR_EXACT',
  bootstrapIterations: 1000,
  strict: false,
  requireMeasured: false,
  requireAllWeighted: false,
  requireApproval: true,
  autoPromote: false,
  correctForReuse: false,
  minNewTrainingEvents: 5,
  maxDaysBetweenTraining: 90,
  requireSignature: false,
  trustedKeys: [],
} as const;

/** The policy that the earthquake-precursor pipeline states; it holds for models imported from its registry. */
export const PRECURSOR_POLICY: PolicyRules = {
  ...COMMON,
  weights: [
    { metric: 'magnitude_accuracy', weight: 0.35 },
    { metric: 'azimuth_accuracy', weight: 0.15 },
    { metric: 'magnitude_f1', weight: 0.2 },
    { metric: 'magnitude_mcc', weight: 0.15 },
    { metric: 'loeo_stability', weight: 0.1 },
    { metric: 'magnitude_false_positive_rate', weight: 0.05 },
  ],
  tolerances: [
    { metric: 'magnitude_accuracy', maxHarm: 1 },
    { metric: 'magnitude_recall_Large', maxHarm: 2 },
    { metric: 'magnitude_false_positive_rate', maxHarm: 1 },
  ],
  testTask: 'magnitude',
};

/**
 * The policy of a model that nobody has set one for: every task counts the same, half by accuracy and half by macro F1; the first
 * task is tested. No task may lose more than a point of accuracy, no critical class more than two points of recall, and false
 * alarms may rise by a point at the most. A model without tasks is compared by the metrics named accuracy and f1.
 */
export function defaultPolicy(tasks: readonly Task[]): PolicyRules {
  if (tasks.length === 0) {
    return {
      ...COMMON,
      weights: [
        { metric: 'accuracy', weight: 0.5 },
        { metric: 'f1', weight: 0.5 },
      ],
      tolerances: [{ metric: 'accuracy', maxHarm: 1 }],
      testTask: null,
    };
  }
  const share = 0.5 / tasks.length;
  const weights = tasks.flatMap((t) => [
    { metric: `${t.name}_accuracy`, weight: share },
    { metric: `${t.name}_f1`, weight: share },
  ]);
  const tolerances = tasks.flatMap((t) => [
    { metric: `${t.name}_accuracy`, maxHarm: 1 },
    ...t.criticalClasses.map((c) => ({ metric: `${t.name}_recall_${c}`, maxHarm: 2 })),
    ...(t.negativeClass === null ? [] : [{ metric: `${t.name}_false_positive_rate`, maxHarm: 1 }]),
  ]);
  return { ...COMMON, weights, tolerances, testTask: tasks[0]?.name ?? null };
}

function between(name: string, value: number, low: number, high: number, whole = false): void {
  if (!Number.isFinite(value) || value < low || value > high || (whole && !Number.isInteger(value))) {
    throw new JuaraError('INVALID_NUMBER', `${name} is ${value}: it must be ${whole ? 'a whole number ' : ''}from ${low} to ${high}`);
  }
}

function distinct(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new JuaraError('INVALID_INPUT', `${what} name ${twice} twice`);
  for (const name of names) checkIdentifier(name, 'the metric name');
}

/** Weights need not sum to 1: the composite divides by their sum. */
export function checkPolicy(rules: PolicyRules, tasks: readonly Task[]): PolicyRules {
  if (rules.weights.length === 0) throw new JuaraError('INVALID_INPUT', 'weights are empty: name at least one metric');
  distinct(
    'weights',
    rules.weights.map((w) => w.metric),
  );
  distinct(
    'tolerances',
    rules.tolerances.map((t) => t.metric),
  );
  for (const w of rules.weights) {
    between(`the weight of ${w.metric}`, w.weight, 0, 1_000_000);
    if (w.weight === 0) throw new JuaraError('INVALID_NUMBER', `the weight of ${w.metric} is 0: leave the metric out instead`);
  }
  for (const t of rules.tolerances) between(`maxHarm of ${t.metric}`, t.maxHarm, 0, Number.MAX_VALUE);
  between('minImprovement', rules.minImprovement, 0, 1);
  between('significanceLevel', rules.significanceLevel, 0.000001, 0.5);
  between('bootstrapIterations', rules.bootstrapIterations, 100, 100_000, true);
  between('minNewTrainingEvents', rules.minNewTrainingEvents, 0, 1_000_000, true);
  between('maxDaysBetweenTraining', rules.maxDaysBetweenTraining, 1, 36_500, true);
  if (rules.testTask !== null && !tasks.some((t) => t.name === rules.testTask)) {
    throw new JuaraError('INVALID_INPUT', `testTask ${JSON.stringify(rules.testTask)} is none of the model's tasks`);
  }
  return { ...rules, trustedKeys: checkTrustedKeys(rules.trustedKeys) };
}
