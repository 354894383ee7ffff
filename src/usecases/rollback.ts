import { type Actor, requireRole } from '../domain/actor.js';
import type { Checkpoint } from '../domain/checkpoint.js';
import { JuaraError } from '../domain/errors.js';
import type { StoredEvent } from '../domain/event.js';
import { nextStatus } from '../domain/lifecycle.js';
import { checkReason } from '../domain/names.js';
import type { Model, Version } from '../domain/records.js';
import type { Deps, IdempotencyRecord, Reads, Tx } from '../ports.js';
import { changeChampion } from './changeChampion.js';
import { checkExpected } from './checkExpected.js';
import { requireSoundFiles } from './checkFiles.js';
import { type Change, committed } from './committed.js';
import { foundModel, foundVersion, lockedModel } from './found.js';
import { firstResult, keyed, remember } from './idempotent.js';
import { warmUp } from './warmUp.js';

export interface RollbackInput {
  readonly model: string;
  readonly version?: string | null;
  readonly reason: string;
  readonly expectedChampion?: string | null;
  readonly idempotencyKey?: string | null;
}

export interface RollbackResult {
  readonly event: StoredEvent;
  readonly model: Model;
  readonly checkpoint: Checkpoint;
}

/** Brings a former champion back. No policy holds it up, only a missing or damaged file. */
export async function rollback(deps: Deps, actor: Actor, input: RollbackInput): Promise<RollbackResult> {
  requireRole(actor, 'OPERATOR');
  checkReason(input.reason);
  const key = keyed(actor, 'rollback', input);
  const reads = deps.store.reads;
  const model = await foundModel(reads, actor, input.model);
  const earlier = await firstResult(reads, key);
  if (earlier !== null) return replay(deps, reads, earlier);
  checkExpected(model, input.expectedChampion ?? null);
  const target = await rollbackTarget(reads, model, input.version ?? null);
  await requireSoundFiles(deps.blobs, target.to);
  await warmUp(deps, target.from, target.to);
  deps.failpoint('before-rollback');
  return committed(deps, model.name, async (tx) => {
    const locked = await lockedModel(tx, actor, input.model);
    const again = await firstResult(tx, key);
    if (again !== null) return { result: await replay(deps, tx, again), versions: [] };
    // The files that were checked are those of the target found before: a change in between must not slip another one in.
    checkExpected(locked, input.expectedChampion ?? target.from.version);
    const change = await goBack(deps, tx, locked, actor, input);
    await remember(tx, key, { event: change.result.event.seq });
    return change;
  });
}

/** The named version, or the champion that the present one replaced when it was promoted. */
async function rollbackTarget(reads: Reads, model: Model, wanted: string | null): Promise<{ from: Version; to: Version }> {
  if (model.champion === null)
    throw new JuaraError('NO_CHAMPION', `${model.name} has no champion to go back from: promote a version first`);
  const from = await foundVersion(reads, model.name, model.champion);
  const version = wanted ?? from.previousVersion;
  if (version === null) {
    throw new JuaraError('NO_PREVIOUS_CHAMPION', `${from.id} replaced no champion: name the version to go back to`);
  }
  const to = await foundVersion(reads, model.name, version);
  nextStatus('rollback', to.id, to.status);
  return { from, to };
}

async function goBack(deps: Deps, tx: Tx, model: Model, actor: Actor, input: RollbackInput): Promise<Change<RollbackResult>> {
  const { from, to } = await rollbackTarget(tx, model, input.version ?? null);
  const changed = await changeChampion(tx, {
    type: 'ROLLED_BACK',
    model,
    from,
    to,
    reason: input.reason,
    toReason: `Rolled back from v${from.version}: ${input.reason}`,
    fromReason: `Rolled back to v${to.version}: ${input.reason}`,
    decision: null,
    actor: actor.name,
    now: deps.now(),
  });
  const checkpoint = deps.signer.checkpoint(changed.event);
  return { result: { event: changed.event, model: changed.model, checkpoint }, versions: changed.versions };
}

async function replay(deps: Deps, reads: Reads, result: IdempotencyRecord['result']): Promise<RollbackResult> {
  const event = await reads.event(Number(result.event));
  const model = event?.model == null ? null : await reads.model(event.model);
  if (event === null || model === null) throw new JuaraError('DATABASE_DAMAGED', `event ${result.event} is gone: restore a backup`);
  return { event, model, checkpoint: deps.signer.checkpoint(await reads.head()) };
}
