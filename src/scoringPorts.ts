/** What use cases need of the processes that run models and read benchmarks. */
import type { Benchmark, BenchmarkInput } from './domain/benchmark.js';
import type { PairedTest } from './domain/comparison.js';
import type { ConfusionMatrix } from './domain/evaluation.js';
import type { Json } from './domain/json.js';
import type { Interval, Metric } from './domain/metric.js';
import type { MetricWeight, PairedTestMethod } from './domain/policy.js';
import type { PredictionAnswer, PredictTensor } from './domain/prediction.js';
import type { ModelSignature, OutputMapping } from './domain/records.js';
import type { Task } from './domain/task.js';

/** Reads inputs and outputs of an ONNX file in a process of its own; ARTIFACT_INVALID with the reason where it does not load. */
export interface ModelInspector {
  inspect(path: string): Promise<ModelSignature>;
}

/** A benchmark's file on this machine, and how to read it. */
export type BenchmarkSource = Pick<Benchmark, 'format' | 'csv' | 'tasks'> & { readonly path: string };

/** Reads a whole benchmark in a process of its own; BENCHMARK_INVALID with the array, row or column where it is not what it should be. */
export interface BenchmarkScanner {
  scan(source: BenchmarkSource): Promise<{ readonly samples: number; readonly inputs: readonly BenchmarkInput[] }>;
}

/** A version's ONNX file on this machine, and what its outputs mean. */
export interface ModelSource {
  readonly path: string;
  readonly outputs: readonly OutputMapping[];
  /** Content of class_mappings.json; null where the version has none. */
  readonly classMappings: Json;
  /** The model's tasks. */
  readonly tasks: readonly Task[];
}

export interface PredictRequest {
  /** Equal keys are the same model: the version's id and the digest of its file. */
  readonly key: string;
  readonly model: ModelSource;
  readonly tensors: readonly PredictTensor[];
}

/** Keeps models loaded in processes of their own, and asks them. */
export interface Predictor {
  /** INVALID_INPUT where the tensors do not fit the model; PREDICTION_FAILED with a plain reason where it gives no answer. */
  predict(request: PredictRequest): Promise<PredictionAnswer>;
  /** Resolves once the model is loaded and answers without delay; PREDICTION_FAILED where it does not load. */
  warm(key: string, model: ModelSource): Promise<void>;
  /** Whether somebody has asked for it lately, so that it is loaded or being loaded. */
  isWarm(key: string): boolean;
}

/** Reads single samples of a benchmark that was scanned before. */
export interface BenchmarkSamples {
  /** The inputs of sample `index`, 0 to samples - 1. */
  sample(source: BenchmarkSource, index: number): Promise<PredictTensor[]>;
}

export interface MeasureJob {
  readonly model: ModelSource;
  readonly benchmark: BenchmarkSource & Pick<Benchmark, 'name' | 'sha256'>;
  /** Share of samples done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

export interface Measurement {
  readonly metrics: readonly Metric[];
  readonly confusion: readonly ConfusionMatrix[];
  readonly notes: readonly string[];
  /** SHA-256 of the stored predictions. */
  readonly predictions: string;
}

export interface PairedQuestion {
  /** SHA-256 of both sides' predictions on one benchmark. */
  readonly base: string;
  readonly candidate: string;
  readonly weights: readonly MetricWeight[];
  readonly test: PairedTestMethod;
  readonly significanceLevel: number;
  readonly iterations: number;
  /** Goodness, 0 to 1, of weighted metrics that no benchmark measures. */
  readonly fixed: Readonly<Record<string, { readonly base: number; readonly candidate: number }>>;
}

export interface PairedAnswer {
  /** By metric name: interval of candidate - base; null where there is none. */
  readonly intervals: Readonly<Record<string, Interval | null>>;
  /** Of the composite score's difference; null where nothing is weighed. */
  readonly composite: Interval | null;
  readonly tests: readonly PairedTest[];
}

/** Runs versions over benchmarks in processes of their own, and does the statistics beside the server's thread. */
export interface Measurer {
  /** EVALUATION_FAILED with a plain reason where the version gives no valid answers. Rejects when `signal` is aborted. */
  measure(job: MeasureJob): Promise<Measurement>;
  /** The same question always gets the same answer. */
  compare(question: PairedQuestion): Promise<PairedAnswer>;
}

/** Tells, within this process, that an evaluation has changed; a hint: read it to know. */
export interface EvaluationBoard {
  changed(id: string): void;
  /** Returns the unsubscribe. */
  onChange(listener: (id: string) => void): () => void;
}
