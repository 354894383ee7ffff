import type { Metric } from './metric.js';
import type { Millis } from './records.js';

export type EvaluationStatus = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** counts[i][j]: samples of true class i predicted as class j. */
export interface ConfusionMatrix {
  readonly task: string;
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The measurement of one version on one benchmark. Once it has ended it never changes. */
export interface Evaluation {
  readonly id: string;
  readonly model: string;
  /** Version text. */
  readonly version: string;
  /** Name of the benchmark. */
  readonly benchmark: string;
  readonly status: EvaluationStatus;
  /** Share of samples done, 0 to 1. */
  readonly progress: number;
  readonly error: string | null;
  /** What whoever reads the numbers should know, e.g. that the model lacks a class of the benchmark. */
  readonly notes: readonly string[];
  readonly metrics: readonly Metric[];
  readonly confusion: readonly ConfusionMatrix[];
  /** SHA-256 of the NPZ file with every sample's label and probabilities; null until it has succeeded. */
  readonly predictions: string | null;
  readonly requestedBy: string;
  readonly queuedAt: Millis;
  readonly startedAt: Millis | null;
  readonly finishedAt: Millis | null;
}

export function isEnded({ status }: Pick<Evaluation, 'status'>): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';
}

/** A version's metrics with those of a new measurement first, in place of an earlier one on the same benchmark. What was reported stays. */
export function withMeasured(metrics: readonly Metric[], benchmark: string, measured: readonly Metric[]): readonly Metric[] {
  return [...measured, ...metrics.filter((m) => m.provenance !== 'MEASURED' || m.benchmark !== benchmark)];
}
