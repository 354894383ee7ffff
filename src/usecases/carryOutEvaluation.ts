import { setTimeout as delay } from 'node:timers/promises';
import { JuaraError } from '../domain/errors.js';
import { type Evaluation, withMeasured } from '../domain/evaluation.js';
import type { Deps } from '../ports.js';
import type { Measurement } from '../scoringPorts.js';
import { requireSoundFiles } from './checkFiles.js';
import { committed } from './committed.js';
import { foundVersion } from './found.js';
import { benchmarkSource, foundBenchmark, requireSoundBenchmark } from './foundBenchmark.js';
import { type HeldRun, holdRun, type Worker } from './holdRun.js';
import { modelSource } from './modelSource.js';

/** Takes the evaluation that has waited longest and carries it out; false where none waits. What fails, fails that evaluation alone. */
export async function carryOutEvaluation(deps: Deps, worker: Worker): Promise<boolean> {
  const claimed = await deps.store.inTransaction((tx) => tx.claimEvaluation(worker.owner, worker.leaseMs, deps.now()));
  if (claimed === null) return false;
  deps.board.changed(claimed.id);
  const run = holdRun(deps, worker, claimed.id);
  try {
    const measurement = await measure(deps, claimed, run);
    await succeed(deps, worker, claimed, measurement);
  } catch (error) {
    // Cancelled, or taken over, or to be taken up again after a restart: none of them is a failure.
    if (run.signal.aborted) return true;
    await untilWritten(worker, () => fail(deps, worker, claimed, error));
    if (!(error instanceof JuaraError)) throw error;
  } finally {
    await run.release();
    deps.board.changed(claimed.id);
  }
  return true;
}

async function measure(deps: Deps, evaluation: Evaluation, run: HeldRun): Promise<Measurement> {
  const { reads } = deps.store;
  const model = await reads.model(evaluation.model);
  if (model === null) throw new JuaraError('DATABASE_DAMAGED', `model ${evaluation.model} is gone: restore a backup`);
  const version = await foundVersion(reads, model.name, evaluation.version);
  const benchmark = await foundBenchmark(reads, evaluation.benchmark);
  await requireSoundFiles(deps.blobs, version);
  await requireSoundBenchmark(deps.blobs, benchmark);
  return deps.measurer.measure({
    model: await modelSource(deps.blobs, model, version),
    benchmark: benchmarkSource(deps.blobs, benchmark),
    onProgress: run.progressed,
    signal: run.signal,
  });
}

/** The numbers, the version that carries them from now on, and the event: one transaction. Nothing, where it is not ours any more. */
async function succeed(deps: Deps, { owner, leaseMs }: Worker, claimed: Evaluation, measured: Measurement): Promise<void> {
  const { id, model, version: text, benchmark } = claimed;
  await committed(deps, model, async (tx) => {
    await tx.lockModel(model);
    if (!(await tx.renewEvaluation(id, owner, leaseMs, 1))) return { result: null, versions: [] };
    const first = (await tx.latestEvaluation(model, text, benchmark, 'SUCCEEDED')) === null;
    await tx.updateEvaluation(id, { ...measured, status: 'SUCCEEDED', progress: 1, finishedAt: deps.now() });
    if (first) await tx.countBenchmarkUse(benchmark);
    const version = await foundVersion(tx, model, text);
    const metrics = withMeasured(version.metrics, benchmark, measured.metrics);
    await tx.updateVersion(version.id, { metrics });
    const values = Object.fromEntries(measured.metrics.map(({ name, value }) => [name, value]));
    const data = { evaluation: id, version: text, benchmark, predictions: measured.predictions, metrics: values };
    await tx.append({ type: 'EVALUATION_SUCCEEDED', at: deps.now(), actor: claimed.requestedBy, model, data });
    return { result: null, versions: [{ ...version, metrics }] };
  });
}

async function fail(deps: Deps, { owner, leaseMs }: Worker, claimed: Evaluation, cause: unknown): Promise<void> {
  const known = cause instanceof JuaraError;
  const error = known ? cause.message : 'the server could not carry it out; its log says why';
  const { id, model, version, benchmark } = claimed;
  await deps.store.inTransaction(async (tx) => {
    if (!(await tx.renewEvaluation(id, owner, leaseMs, 0))) return;
    await tx.updateEvaluation(id, { status: 'FAILED', error, finishedAt: deps.now() });
    const data = { evaluation: id, version, benchmark, error };
    await tx.append({ type: 'EVALUATION_FAILED', at: deps.now(), actor: claimed.requestedBy, model, data });
  });
}

/** A database that refuses is asked again after this long, in milliseconds. */
const AGAIN_MS = 1_000;

/** A full disk must not leave an evaluation running for ever: its failure is written as soon as that can be. */
async function untilWritten({ signal }: Worker, write: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (signal.aborted) throw error;
      await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
