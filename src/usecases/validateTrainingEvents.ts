import { type Actor, requireRole } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { TrainingEvent } from '../domain/records.js';
import type { Deps, Reads, Tx } from '../ports.js';
import { lockedModel } from './found.js';
import { readinessOf } from './readiness.js';

/** PENDING events become VALIDATED; those that are so already stay. TRAINING_READY follows where that makes a training due. */
export async function validateTrainingEvents(
  deps: Deps,
  actor: Actor,
  input: { readonly model: string; readonly eventIds: readonly string[] },
): Promise<TrainingEvent[]> {
  requireRole(actor, 'OPERATOR');
  const events = await deps.store.inTransaction(async (tx) => {
    await lockedModel(tx, actor, input.model);
    const found = await foundEvents(tx, input.model, input.eventIds);
    const stuck = found.find((e) => e.status !== 'PENDING' && e.status !== 'VALIDATED');
    if (stuck !== undefined)
      throw new JuaraError('INVALID_TRANSITION', `event ${stuck.eventId} is ${stuck.status}: only PENDING ones can be validated`);
    const ids = found.filter((e) => e.status === 'PENDING').map((e) => e.eventId);
    if (ids.length > 0) await validate(deps, tx, actor, input.model, ids);
    return foundEvents(tx, input.model, input.eventIds);
  });
  await deps.folders.registryChanged(input.model);
  return events;
}

async function validate(deps: Deps, tx: Tx, actor: Actor, model: string, ids: string[]): Promise<void> {
  const now = deps.now();
  const before = await readinessOf(tx, model, now);
  await tx.updateTrainingEvents(model, ids, { status: 'VALIDATED', validatedAt: now });
  await tx.append({ type: 'TRAINING_EVENTS_VALIDATED', at: now, actor: actor.name, model, data: { events: ids } });
  const after = await readinessOf(tx, model, now);
  if (before.ready || !after.ready) return;
  const data = { reasons: [...after.reasons], validated: after.validated, required: after.required };
  await tx.append({ type: 'TRAINING_READY', at: now, actor: actor.name, model, data });
}

/** In the order asked for; TRAINING_EVENT_NOT_FOUND names the first that is not in the pool. */
export async function foundEvents(reads: Reads, model: string, eventIds: readonly string[]): Promise<TrainingEvent[]> {
  const byId = new Map((await reads.trainingEvents(model, eventIds)).map((e) => [e.eventId, e]));
  return [...new Set(eventIds)].map((id) => {
    const event = byId.get(id);
    if (event === undefined)
      throw new JuaraError('TRAINING_EVENT_NOT_FOUND', `${model} has no training event ${JSON.stringify(id.slice(0, 100))}`);
    return event;
  });
}
