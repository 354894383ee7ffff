import type { PolicyPartsFragment } from '../api/generated/operations';

/** One rule that differs between two revisions. */
export interface PolicyDifference {
  readonly field: string;
  /** The metric, or the trusted key's name, where the rule is one of a list; null: it is not. */
  readonly metric: string | null;
  /** Null: there was none. */
  readonly before: number | string | boolean | null;
  readonly after: number | string | boolean | null;
}

const PLAIN = [
  'minImprovement',
  'significanceLevel',
  'test',
  'testTask',
  'bootstrapIterations',
  'strict',
  'requireMeasured',
  'requireAllWeighted',
  'requireApproval',
  'autoPromote',
  'correctForReuse',
  'requireSignature',
  'minNewTrainingEvents',
  'maxDaysBetweenTraining',
] as const;

export function policyDifferences(before: PolicyPartsFragment, after: PolicyPartsFragment): readonly PolicyDifference[] {
  const plain = PLAIN.map((field) => ({ field, metric: null, before: before[field], after: after[field] }));
  const all: readonly PolicyDifference[] = [
    { field: 'benchmark', metric: null, before: before.benchmark?.name ?? null, after: after.benchmark?.name ?? null },
    ...byMetric('weights', weightsOf(before), weightsOf(after)),
    ...byMetric('tolerances', tolerancesOf(before), tolerancesOf(after)),
    ...byMetric('trustedKeys', keysOf(before), keysOf(after)),
    ...plain,
  ];
  return all.filter((one) => one.before !== one.after);
}

type Named = ReadonlyMap<string, number | string>;

function byMetric(field: string, before: Named, after: Named): readonly PolicyDifference[] {
  const metrics = [...new Set([...before.keys(), ...after.keys()])];
  return metrics.map((metric) => ({ field, metric, before: before.get(metric) ?? null, after: after.get(metric) ?? null }));
}

function weightsOf({ weights }: PolicyPartsFragment): ReadonlyMap<string, number> {
  return new Map(weights.map(({ metric, weight }) => [metric, weight]));
}

function keysOf({ trustedKeys }: PolicyPartsFragment): ReadonlyMap<string, string> {
  return new Map(trustedKeys.map(({ name, publicKey }) => [name, publicKey]));
}

function tolerancesOf({ tolerances }: PolicyPartsFragment): ReadonlyMap<string, number> {
  return new Map(tolerances.map(({ metric, maxHarm }) => [metric, maxHarm]));
}
