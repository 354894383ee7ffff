import type { Actor } from '../domain/actor.js';
import { type ErrorCode, JuaraError } from '../domain/errors.js';
import type { Evaluation } from '../domain/evaluation.js';
import type { Policy } from '../domain/policy.js';
import type { Model, Version } from '../domain/records.js';
import type { Deps, Reads } from '../ports.js';
import { queueEvaluation } from './evaluate.js';
import { foundChampion, foundVersion } from './found.js';
import { latestPolicy } from './latestPolicy.js';
import { onnxFiles } from './onnxFiles.js';
import { promote } from './promote.js';
import { reject } from './reject.js';

/** Asks for promotions by autoPromote as a pipeline would: where the policy wants an approval, a person has to give it. */
const ASKING: Actor = { name: 'juara', role: 'AUTOMATION', models: null, tokenId: null };
const REJECTING: Actor = { ...ASKING, role: 'OPERATOR' };

/**
 * Does what follows from measurements that have succeeded, where the policy says autoPromote. Each step may be repeated after a crash. One
 * that cannot be followed, e.g. because a file is gone, is told to `onError` and left as it is: a person can still promote by hand.
 */
export async function settleEvaluations(deps: Deps, onError: (error: unknown) => void): Promise<void> {
  for (const evaluation of await deps.store.reads.unsettledEvaluations()) {
    try {
      await unlessSettled(() => follow(deps, evaluation));
    } catch (error) {
      onError(error);
      // What is not the registry's own mistake may be over by the next time.
      if (!(error instanceof JuaraError) || TRANSIENT.includes(error.code)) continue;
    }
    await deps.store.inTransaction((tx) => tx.settleEvaluation(evaluation.id));
  }
}

const TRANSIENT: readonly ErrorCode[] = ['CONFLICT', 'STORAGE_FULL', 'STORAGE_READ_ONLY'];

async function follow(deps: Deps, { model: name, version: text, benchmark }: Evaluation): Promise<void> {
  const { reads } = deps.store;
  const policy = await latestPolicy(reads, name);
  const model = await reads.model(name);
  if (model === null || !policy.autoPromote || policy.benchmark !== benchmark) return;
  const version = await foundVersion(reads, name, text);
  if (version.status === 'CHAMPION') return decideAll(deps, model, policy);
  if (version.status !== 'CHALLENGER') return;
  const champion = await foundChampion(reads, model);
  if (champion !== null && (await lacksMeasurement(reads, champion, benchmark))) return measureChampion(deps, champion, benchmark);
  await decideOn(deps, version, benchmark);
}

/** Without one, and nothing says that it can't be measured. */
async function lacksMeasurement(reads: Reads, { model, version, files }: Version, benchmark: string): Promise<boolean> {
  if (onnxFiles(files).length === 0) return false;
  const ended = [
    await reads.latestEvaluation(model, version, benchmark, 'SUCCEEDED'),
    await reads.latestEvaluation(model, version, benchmark, 'FAILED'),
  ];
  return ended.every((evaluation) => evaluation === null);
}

/** The challengers are decided on when it has succeeded. */
async function measureChampion(deps: Deps, champion: Version, benchmark: string): Promise<void> {
  const queued = await deps.store.inTransaction((tx) => queueEvaluation(tx, champion, benchmark, ASKING.name, deps.now()));
  deps.board.changed(queued.id);
}

async function decideAll(deps: Deps, model: Model, { benchmark }: Policy): Promise<void> {
  for (const challenger of await deps.store.reads.challengers([model.name])) {
    await unlessSettled(() => decideOn(deps, challenger, benchmark ?? ''));
  }
}

/** Once for each measurement of the challenger against each champion. */
async function decideOn(deps: Deps, { model, version }: Version, benchmark: string): Promise<void> {
  const { reads } = deps.store;
  const evaluation = await reads.latestEvaluation(model, version, benchmark, 'SUCCEEDED');
  if (evaluation === null) return;
  const champion = (await reads.model(model))?.champion ?? 'none';
  const { outcome, decision } = await promote(deps, ASKING, { model, version, idempotencyKey: `auto ${evaluation.id} ${champion}` });
  if (outcome === 'REFUSED' && decision.outcome === 'REFUSE') {
    await reject(deps, REJECTING, { model, version, reason: decision.summary.slice(0, 2_000) });
  }
}

const NOTHING_LEFT_TO_DO: readonly ErrorCode[] = ['INVALID_TRANSITION', 'ALREADY_CHAMPION'];

/** Somebody else may have promoted, rejected or nominated in between. */
async function unlessSettled(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof JuaraError && NOTHING_LEFT_TO_DO.includes(error.code))) throw error;
  }
}
