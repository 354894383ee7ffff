import type { Benchmark } from '../domain/benchmark.js';
import type { Evaluation } from '../domain/evaluation.js';
import type { BenchmarkRow } from './benchmarkRow.js';
import type { EvaluationRow } from './evaluationRow.js';
import { fromJson, fromJsonOrNull, toJson, toJsonOrNull } from './jsonColumn.js';

type OwnColumns = Omit<EvaluationRow, 'ordinal' | 'settled' | 'lease_owner' | 'lease_until'>;

export function benchmarkToRow(benchmark: Benchmark): BenchmarkRow {
  return {
    name: benchmark.name,
    sha256: benchmark.sha256,
    format: benchmark.format,
    csv: toJsonOrNull(benchmark.csv),
    samples: benchmark.samples,
    inputs: toJson(benchmark.inputs),
    tasks: toJson(benchmark.tasks),
    created_at: benchmark.createdAt,
    uses: benchmark.uses,
  };
}

export function benchmarkFromRow(row: BenchmarkRow): Benchmark {
  return {
    name: row.name,
    sha256: row.sha256,
    format: row.format,
    csv: fromJsonOrNull(row.csv),
    samples: row.samples,
    inputs: fromJson(row.inputs),
    tasks: fromJson(row.tasks),
    createdAt: row.created_at,
    uses: row.uses,
  };
}

export function evaluationToRow(evaluation: Evaluation): OwnColumns {
  return {
    id: evaluation.id,
    model: evaluation.model,
    version: evaluation.version,
    benchmark: evaluation.benchmark,
    status: evaluation.status,
    progress: evaluation.progress,
    error: evaluation.error,
    notes: toJson(evaluation.notes),
    metrics: toJson(evaluation.metrics),
    confusion: toJson(evaluation.confusion),
    predictions: evaluation.predictions,
    requested_by: evaluation.requestedBy,
    queued_at: evaluation.queuedAt,
    started_at: evaluation.startedAt,
    finished_at: evaluation.finishedAt,
  };
}

export function evaluationFromRow(row: OwnColumns): Evaluation {
  return {
    id: row.id,
    model: row.model,
    version: row.version,
    benchmark: row.benchmark,
    status: row.status,
    progress: row.progress,
    error: row.error,
    notes: fromJson(row.notes),
    metrics: fromJson(row.metrics),
    confusion: fromJson(row.confusion),
    predictions: row.predictions,
    requestedBy: row.requested_by,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
