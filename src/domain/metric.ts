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
  readonly pattern: RegExp;
  readonly unit: MetricUnit;
  readonly direction: MetricDirection;
}

const up = (pattern: RegExp, unit: MetricUnit): Measure => ({ pattern, unit, direction: 'HIGHER_IS_BETTER' });
const down = (pattern: RegExp, unit: MetricUnit): Measure => ({ pattern, unit, direction: 'LOWER_IS_BETTER' });

/** `<task>_<measure>[_<class>]`, in the units of the original pipeline: rates in percent, coefficients and losses bare. */
const MEASURES: readonly Measure[] = [
  down(/(^|_)false_positive_rate(_|$)/, 'PERCENT'),
  down(/(^|_)(error_rate|false_negative_rate)(_|$)/, 'PERCENT'),
  up(/(^|_)balanced_accuracy(_|$)/, 'PERCENT'),
  up(/(^|_)(accuracy|precision|recall|f1)(_|$)/, 'PERCENT'),
  up(/(^|_)mcc(_|$)/, 'NONE'),
  up(/(^|_)auc(_roc)?(_|$)/, 'FRACTION'),
  down(/(^|_)brier(_|$)/, 'FRACTION'),
  down(/(^|_)ece(_|$)/, 'FRACTION'),
  down(/(^|_)(log_loss|loss)(_|$)/, 'NONE'),
  down(/(^|_)(mae|mse|rmse)(_|$)/, 'NONE'),
  down(/(^|_)latency(_|$)/, 'MILLISECONDS'),
  down(/(^|_)bytes$/, 'BYTES'),
  up(/^composite_score$/, 'FRACTION'),
  up(/(^|_)loeo_stability$/, 'FRACTION'),
  down(/(^|_)loeo_(std|standard_deviation)$/, 'PERCENT'),
];

/** Unit and direction that the name implies; an unknown measure is unitless and better when higher, unless the sender says otherwise. */
export function describeMetric(name: string): { unit: MetricUnit; direction: MetricDirection } {
  const known = MEASURES.find((m) => m.pattern.test(name));
  return known ?? { unit: 'NONE', direction: 'HIGHER_IS_BETTER' };
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

/** Positive where `candidate` is the better one, in the metric's own unit. */
export function gain(base: Metric, candidate: Metric): number {
  const difference = candidate.value - base.value;
  return candidate.direction === 'HIGHER_IS_BETTER' ? difference : -difference;
}
