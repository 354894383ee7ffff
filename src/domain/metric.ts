import { JuaraError } from './errors.js';
import { checkIdentifier } from './names.js';

export const METRIC_UNITS = ['PERCENT', 'FRACTION', 'MILLISECONDS', 'BYTES', 'COUNT', 'NONE'] as const;
export type MetricUnit = (typeof METRIC_UNITS)[number];
export type MetricDirection = 'HIGHER_IS_BETTER' | 'LOWER_IS_BETTER';
export type MetricProvenance = 'REPORTED' | 'MEASURED';

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: string;
}

export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: MetricUnit;
  readonly direction: MetricDirection;
  readonly provenance: MetricProvenance;
  readonly interval: Interval | null;
  /** Name of the benchmark it was measured on; null for a reported one. */
  readonly benchmark: string | null;
}

interface Measure {
  readonly unit: MetricUnit;
  readonly direction: MetricDirection;
}

const all = (names: readonly string[], unit: MetricUnit, direction: MetricDirection): [string, Measure][] =>
  names.map((name) => [name, { unit, direction }]);
const up = (unit: MetricUnit, ...names: string[]) => all(names, unit, 'HIGHER_IS_BETTER');
const down = (unit: MetricUnit, ...names: string[]) => all(names, unit, 'LOWER_IS_BETTER');

/** In the units of the original pipeline: rates in percent, coefficients and losses bare. */
const MEASURES: ReadonlyMap<string, Measure> = new Map([
  ...up('PERCENT', 'accuracy', 'balanced_accuracy', 'precision', 'recall', 'f1'),
  ...down('PERCENT', 'false_positive_rate', 'false_negative_rate', 'error_rate', 'loeo_std', 'loeo_standard_deviation'),
  ...up('NONE', 'mcc'),
  ...up('FRACTION', 'auc', 'auc_roc', 'loeo_stability', 'composite_score'),
  ...down('FRACTION', 'brier', 'ece'),
  ...down('NONE', 'log_loss', 'loss', 'mae', 'mse', 'rmse'),
  ...down('MILLISECONDS', 'latency'),
  ...down('BYTES', 'bytes'),
]);
/** Those that a class may follow, or a quantile (`latency_p95`). */
const QUALIFIED = ['precision', 'recall', 'f1', 'auc', 'auc_roc', 'latency'];

const oneOf = (names: Iterable<string>): string => `(${[...names].sort((a, b) => b.length - a.length).join('|')})`;
const MEASURE = `(?:${oneOf(QUALIFIED)}_.+|${oneOf(MEASURES.keys())})$`;
const BARE = new RegExp(`^${MEASURE}`, 'u');
/** The shortest task that leaves a measure: what follows the measure may be a class that is called like one (`magnitude_recall_loss`). */
const AFTER_TASK = new RegExp(`^.+?_${MEASURE}`, 'u');
/** What is reported with words of the sender's own around it, e.g. `val_accuracy_best`. */
const ANYWHERE = new RegExp(`(?:^|_)${oneOf(MEASURES.keys())}(?:_|$)`, 'u');
const UNKNOWN: Measure = { unit: 'NONE', direction: 'HIGHER_IS_BETTER' };

/**
 * Unit and direction that `<task>_<measure>[_<class>]` implies; an unknown measure is unitless and better when higher, unless the sender
 * says otherwise. Whoever knows the task says so: a name alone does not tell where a task ends that is itself called like a measure.
 */
export function describeMetric(name: string, task?: string): { unit: MetricUnit; direction: MetricDirection } {
  const known = task !== undefined && name.startsWith(`${task}_`);
  const found = known ? BARE.exec(name.slice(task.length + 1)) : (AFTER_TASK.exec(name) ?? BARE.exec(name) ?? ANYWHERE.exec(name));
  return MEASURES.get(found?.[1] ?? found?.[2] ?? '') ?? UNKNOWN;
}

export interface ReportedMetric {
  readonly name: string;
  readonly value: number;
  readonly unit?: MetricUnit | null | undefined;
  readonly direction?: MetricDirection | null | undefined;
}

/** Checks metrics that a client sent and completes unit and direction from the name. */
export function reportedMetrics(metrics: readonly ReportedMetric[]): Metric[] {
  const names = metrics.map((m) => m.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new JuaraError('INVALID_INPUT', `metric ${twice} is given twice`);
  return metrics.map(({ name, value, unit, direction }) => {
    checkIdentifier(name, 'the metric name');
    if (!Number.isFinite(value))
      throw new JuaraError('INVALID_NUMBER', `metric ${name} is ${value}: send a finite number, or leave it out`);
    const implied = describeMetric(name);
    return {
      name,
      value,
      unit: unit ?? implied.unit,
      direction: direction ?? implied.direction,
      provenance: 'REPORTED',
      interval: null,
      benchmark: null,
    };
  });
}

/** What a version costs to run: it never comes out the same twice, and says nothing of how good the version is. */
export function isCost({ unit }: Pick<Metric, 'unit'>): boolean {
  return unit === 'MILLISECONDS' || unit === 'BYTES';
}

/** Positive where `candidate` is the better one, in the metric's own unit. */
export function gain(base: Metric, candidate: Metric): number {
  const difference = candidate.value - base.value;
  return candidate.direction === 'HIGHER_IS_BETTER' ? difference : -difference;
}
