import type { MetricDifferencePartsFragment } from '../api/generated/operations';
import { metricParts, type TaskNames } from './metricParts';

type Difference = MetricDifferencePartsFragment;

export interface MetricGroup {
  /** Name of the task; null: of none. */
  readonly task: string | null;
  readonly kind: 'whole' | 'classes' | 'other' | 'costs';
  readonly metrics: readonly Difference[];
}

/** Each task as a whole and by class, then what belongs to no task, then what a version costs to run. Empty groups are left out. */
export function metricGroups(metrics: readonly Difference[], tasks: readonly TaskNames[]): readonly MetricGroup[] {
  const costs = metrics.filter(isCost);
  const named = metrics.filter((metric) => !isCost(metric)).map((metric) => ({ metric, parts: metricParts(metric.name, tasks) }));
  const of = (wanted: (parts: ReturnType<typeof metricParts>) => boolean): readonly Difference[] =>
    named.filter(({ parts }) => wanted(parts)).map(({ metric }) => metric);
  const groups: readonly MetricGroup[] = [
    ...tasks.flatMap(({ name }): MetricGroup[] => [
      { task: name, kind: 'whole', metrics: of((parts) => parts.task === name && parts.class === null) },
      { task: name, kind: 'classes', metrics: of((parts) => parts.task === name && parts.class !== null) },
    ]),
    { task: null, kind: 'other', metrics: of((parts) => parts.task === null) },
    { task: null, kind: 'costs', metrics: costs },
  ];
  return groups.filter((group) => group.metrics.length > 0);
}

function isCost({ base, candidate }: Difference): boolean {
  const unit = (base ?? candidate)?.unit;
  return unit === 'MILLISECONDS' || unit === 'BYTES';
}
