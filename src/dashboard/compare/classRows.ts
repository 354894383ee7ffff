import type { MetricDifferencePartsFragment, MetricPartsFragment } from '../api/generated/operations';
import { metricParts, type TaskNames } from './metricParts';

export const CLASS_MEASURES = ['recall', 'precision', 'f1'] as const;
export type ClassMeasure = (typeof CLASS_MEASURES)[number];

export interface ClassRow {
  readonly class: string;
  readonly base: MetricPartsFragment | null;
  readonly candidate: MetricPartsFragment | null;
}

/** One measure of every class of a task, in the order of the task; classes that neither side has measured are left out. */
export function classRows(
  metrics: readonly MetricDifferencePartsFragment[],
  tasks: readonly TaskNames[],
  task: TaskNames,
  measure: ClassMeasure,
): readonly ClassRow[] {
  const named = metrics.map((metric) => ({ metric, parts: metricParts(metric.name, tasks) }));
  return task.classes.flatMap((name) => {
    const found = named.find(({ parts }) => parts.task === task.name && parts.measure === measure && parts.class === name);
    return found === undefined ? [] : [{ class: name, base: found.metric.base, candidate: found.metric.candidate }];
  });
}
