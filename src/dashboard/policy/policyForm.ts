import type { PairedTestMethod, PolicyChangesInput, PolicyPartsFragment } from '../api/generated/operations';

export interface WeightRow {
  /** Stays with the row while its content changes. */
  readonly key: string;
  readonly metric: string;
  /** A text while the field is empty. */
  readonly weight: number | string;
}

export interface ToleranceRow {
  readonly key: string;
  readonly metric: string;
  readonly maxHarm: number | string;
}

/** The policy as a form holds it: a number that is not there is an empty text. */
export interface PolicyForm {
  readonly benchmark: string | null;
  readonly weights: readonly WeightRow[];
  readonly tolerances: readonly ToleranceRow[];
  readonly minImprovement: number | string;
  readonly significanceLevel: number | string;
  readonly test: PairedTestMethod;
  readonly testTask: string | null;
  readonly bootstrapIterations: number | string;
  readonly strict: boolean;
  readonly requireMeasured: boolean;
  readonly requireAllWeighted: boolean;
  readonly requireApproval: boolean;
  readonly autoPromote: boolean;
  readonly correctForReuse: boolean;
  readonly requireSignature: boolean;
  readonly minNewTrainingEvents: number | string;
  readonly maxDaysBetweenTraining: number | string;
}

/** Field by field: what has come from the API carries a `__typename` besides, which the API does not take back. */
export function policyForm(policy: PolicyPartsFragment): PolicyForm {
  return {
    benchmark: policy.benchmark?.name ?? null,
    weights: policy.weights.map(({ metric, weight }) => ({ key: metric, metric, weight })),
    tolerances: policy.tolerances.map(({ metric, maxHarm }) => ({ key: metric, metric, maxHarm })),
    minImprovement: policy.minImprovement,
    significanceLevel: policy.significanceLevel,
    test: policy.test,
    testTask: policy.testTask,
    bootstrapIterations: policy.bootstrapIterations,
    strict: policy.strict,
    requireMeasured: policy.requireMeasured,
    requireAllWeighted: policy.requireAllWeighted,
    requireApproval: policy.requireApproval,
    autoPromote: policy.autoPromote,
    correctForReuse: policy.correctForReuse,
    requireSignature: policy.requireSignature,
    minNewTrainingEvents: policy.minNewTrainingEvents,
    maxDaysBetweenTraining: policy.maxDaysBetweenTraining,
  };
}

/** What the API takes. Only for a form that has been checked: an empty number would become 0. */
export function policyChanges(form: PolicyForm): PolicyChangesInput {
  return {
    ...form,
    weights: form.weights.map(({ metric, weight }) => ({ metric: metric.trim(), weight: Number(weight) })),
    tolerances: form.tolerances.map(({ metric, maxHarm }) => ({ metric: metric.trim(), maxHarm: Number(maxHarm) })),
    minImprovement: Number(form.minImprovement),
    significanceLevel: Number(form.significanceLevel),
    bootstrapIterations: Number(form.bootstrapIterations),
    minNewTrainingEvents: Number(form.minNewTrainingEvents),
    maxDaysBetweenTraining: Number(form.maxDaysBetweenTraining),
  };
}
