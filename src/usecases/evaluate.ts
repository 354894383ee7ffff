import { v7 as uuid } from 'uuid';
import type { Actor } from '../domain/actor.js';
import type { Benchmark } from '../domain/benchmark.js';
import { JuaraError } from '../domain/errors.js';
import type { Evaluation } from '../domain/evaluation.js';
import type { Model, Version } from '../domain/records.js';
import type { Deps, Tx } from '../ports.js';
import { foundModel, foundVersion } from './found.js';
import { foundBenchmark } from './foundBenchmark.js';
import { onnxFiles } from './onnxFiles.js';

export interface EvaluateInput {
  readonly model: string;
  readonly version: string;
  readonly benchmark: string;
}

/** Queues a measurement. One that waits or runs already is given back instead of a second one. */
export async function evaluate(deps: Deps, actor: Actor, input: EvaluateInput): Promise<Evaluation> {
  const { reads } = deps.store;
  const model = await foundModel(reads, actor, input.model);
  const version = await foundVersion(reads, model.name, input.version);
  const benchmark = await foundBenchmark(reads, input.benchmark);
  requireRunnable(model, version, benchmark);
  const evaluation = await deps.store.inTransaction((tx) => queueEvaluation(tx, version, benchmark.name, actor.name, deps.now()));
  deps.board.changed(evaluation.id);
  return evaluation;
}

/** In the caller's transaction; tell the board after it. */
export async function queueEvaluation(tx: Tx, version: Version, benchmark: string, requestedBy: string, at: number): Promise<Evaluation> {
  await tx.lockModel(version.model);
  for (const status of ['RUNNING', 'QUEUED'] as const) {
    const going = await tx.latestEvaluation(version.model, version.version, benchmark, status);
    if (going !== null) return going;
  }
  const evaluation: Evaluation = {
    id: uuid(),
    model: version.model,
    version: version.version,
    benchmark,
    status: 'QUEUED',
    progress: 0,
    error: null,
    notes: [],
    metrics: [],
    confusion: [],
    predictions: null,
    requestedBy,
    queuedAt: at,
    startedAt: null,
    finishedAt: null,
  };
  await tx.insertEvaluation(evaluation);
  return evaluation;
}

/** What can be told without running anything. */
function requireRunnable(model: Model, version: Version, benchmark: Benchmark): void {
  if (onnxFiles(version.files).length === 0) {
    throw new JuaraError(
      'INVALID_INPUT',
      `${version.id} has no ONNX file, so that it cannot be measured: it can be judged by reported metrics`,
    );
  }
  const tasks = benchmark.tasks.map((t) => t.name);
  if (!model.tasks.some((t) => tasks.includes(t.name))) {
    const own = model.tasks.map((t) => t.name).join(', ') || 'no task';
    throw new JuaraError('INVALID_INPUT', `benchmark ${benchmark.name} is labelled for ${tasks.join(', ')}; ${model.name} predicts ${own}`);
  }
}
