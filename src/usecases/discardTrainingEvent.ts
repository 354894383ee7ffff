import { type Actor, requireRole } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { checkReason } from '../domain/names.js';
import type { TrainingEvent } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { lockedModel } from './found.js';
import { foundEvents } from './validateTrainingEvents.js';

export interface DiscardTrainingEventInput {
  readonly model: string;
  readonly eventId: string;
  readonly reason: string;
}

/** Takes a PENDING or VALIDATED event out of the pool; it is kept, with the reason. */
export async function discardTrainingEvent(deps: Deps, actor: Actor, input: DiscardTrainingEventInput): Promise<TrainingEvent> {
  requireRole(actor, 'OPERATOR');
  const reason = checkReason(input.reason);
  const discarded = await deps.store.inTransaction(async (tx) => {
    await lockedModel(tx, actor, input.model);
    const [event] = (await foundEvents(tx, input.model, [input.eventId])) as [TrainingEvent];
    if (event.status !== 'PENDING' && event.status !== 'VALIDATED') {
      throw new JuaraError('INVALID_TRANSITION', `event ${event.eventId} is ${event.status}: it cannot be discarded any more`);
    }
    const patch = { status: 'DISCARDED', extra: { ...event.extra, discardReason: reason } } as const;
    await tx.updateTrainingEvents(input.model, [event.eventId], patch);
    const data = { event: event.eventId, reason };
    await tx.append({ type: 'TRAINING_EVENT_DISCARDED', at: deps.now(), actor: actor.name, model: input.model, data });
    return { ...event, ...patch };
  });
  await deps.folders.registryChanged(input.model);
  return discarded;
}
