export type MetricUnit = 'PERCENT' | 'FRACTION' | 'MILLISECONDS' | 'BYTES' | 'COUNT' | 'NONE';
export type MetricDirection = 'HIGHER_IS_BETTER' | 'LOWER_IS_BETTER';

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: string;
}

/** REPORTED: sent by a client. MEASURED: computed by the registry, on `benchmark`. */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: MetricUnit;
  readonly direction: MetricDirection;
  readonly provenance: 'REPORTED' | 'MEASURED';
  readonly interval: Interval | null;
  readonly benchmark: { readonly name: string } | null;
}

/** Unit and direction follow from the name of a known measure where they are left out. */
export interface MetricInput {
  readonly name: string;
  readonly value: number;
  readonly unit?: MetricUnit;
  readonly direction?: MetricDirection;
}

export const INTERVAL_FIELDS = 'low high level method';
export const METRIC_FIELDS = `name value unit direction provenance interval { ${INTERVAL_FIELDS} } benchmark { name }`;
