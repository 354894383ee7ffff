import type { ConfusionPartsFragment, MeasuredVersionFragment } from '../api/generated/operations';

/** The matrices of a version's newest successful evaluation on a benchmark; empty where there is none. */
export function confusionOf(version: MeasuredVersionFragment, benchmark: string): readonly ConfusionPartsFragment[] {
  const [newest] = version.evaluations
    .filter((evaluation) => evaluation.status === 'SUCCEEDED' && evaluation.benchmark.name === benchmark)
    .toSorted((a, b) => (b.finishedAt ?? '').localeCompare(a.finishedAt ?? ''));
  return newest?.confusion ?? [];
}
