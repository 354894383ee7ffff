import { type Actor, requireModel } from '../../domain/actor.js';
import type { EventType } from '../../domain/event.js';
import type { EventFilter } from '../../ports.js';

/** The events that were asked for and that the actor may see: FORBIDDEN for a model that is not its own. */
export function eventFilter(actor: Actor, model: string | null | undefined, types: readonly EventType[] | null | undefined): EventFilter {
  if (model != null) requireModel(actor, model);
  return { model: model ?? null, types: types ?? null, models: actor.models };
}
