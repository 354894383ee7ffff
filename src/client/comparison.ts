import { INTERVAL_FIELDS, type Interval, METRIC_FIELDS, type Metric } from './metric.js';

/** difference = candidate - base, in the metric's unit; null where a side lacks the metric. */
export interface MetricDifference {
  readonly name: string;
  readonly base: Metric | null;
  readonly candidate: Metric | null;
  readonly difference: number | null;
  readonly better: 'BASE' | 'CANDIDATE' | 'EQUAL' | 'UNKNOWN';
  readonly interval: Interval | null;
}

/** Scores are 0..1. `coverage`: share of the weight whose metrics are there on both sides. */
export interface CompositeDifference {
  readonly base: number;
  readonly candidate: number;
  readonly difference: number;
  readonly interval: Interval | null;
  readonly coverage: number;
  readonly missing: readonly string[];
}

export interface PairedTest {
  readonly task: string;
  readonly method: 'MCNEMAR_EXACT' | 'MCNEMAR_MIDP' | 'PAIRED_BOOTSTRAP';
  readonly bothRight: number;
  readonly onlyBaseRight: number;
  readonly onlyCandidateRight: number;
  readonly bothWrong: number;
  readonly pValue: number;
  readonly significant: boolean;
}

export interface Comparison {
  readonly base: { readonly version: string };
  readonly candidate: { readonly version: string };
  readonly benchmark: { readonly name: string } | null;
  readonly metrics: readonly MetricDifference[];
  readonly composite: CompositeDifference | null;
  readonly tests: readonly PairedTest[];
  readonly verdict: 'CANDIDATE_BETTER' | 'BASE_BETTER' | 'INDISTINGUISHABLE' | 'INSUFFICIENT_EVIDENCE';
  readonly summary: string;
  /** The significance level of the tests, after the correction for reuse; null where nothing was tested. */
  readonly level: number | null;
  /** Other challengers that had been tried against the base on the benchmark; null where nothing was tested. */
  readonly tried: number | null;
}

export const COMPARISON_FIELDS = `
  base { version } candidate { version } benchmark { name }
  metrics {
    name base { ${METRIC_FIELDS} } candidate { ${METRIC_FIELDS} } difference better interval { ${INTERVAL_FIELDS} }
  }
  composite { base candidate difference interval { ${INTERVAL_FIELDS} } coverage missing }
  tests { task method bothRight onlyBaseRight onlyCandidateRight bothWrong pValue significant }
  verdict summary level tried`;
