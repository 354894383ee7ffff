import type { ErrorCode } from '../../domain/errors.js';
import type { ConfusionMatrix } from '../../domain/evaluation.js';
import type { Metric } from '../../domain/metric.js';
import type { BenchmarkSamples, BenchmarkSource, PairedAnswer, PairedQuestion } from '../../scoringPorts.js';

/** What one version's predictions say, by docs/metrics.md. */
export interface MeasureQuestion {
  readonly kind: 'measure';
  /** File of predictions (docs/benchmarks.md). */
  readonly path: string;
  /** Name of the benchmark. */
  readonly benchmark: string;
  readonly seed: number;
  readonly resamples: number;
  /** Of the intervals. */
  readonly level: number;
}

export interface MeasureAnswer {
  readonly metrics: readonly Metric[];
  readonly confusion: readonly ConfusionMatrix[];
}

/** What two versions' predictions say of their difference. */
export interface CompareQuestion extends Omit<PairedQuestion, 'base' | 'candidate'> {
  readonly kind: 'compare';
  /** Files of predictions. */
  readonly base: string;
  readonly candidate: string;
  readonly seed: number;
  /** Of the intervals. */
  readonly level: number;
}

/** One sample of a benchmark. */
export interface SampleQuestion {
  readonly kind: 'sample';
  readonly source: BenchmarkSource;
  readonly index: number;
}

/** An error's class and code do not travel between threads by themselves. */
export type ThreadReply<Answer> = { readonly answer: Answer } | { readonly fault: { readonly code: ErrorCode; readonly message: string } };

export interface ScoringThreads extends BenchmarkSamples {
  measure(question: Omit<MeasureQuestion, 'kind'>, signal: AbortSignal): Promise<MeasureAnswer>;
  compare(question: Omit<CompareQuestion, 'kind'>): Promise<PairedAnswer>;
  close(): Promise<void>;
}
