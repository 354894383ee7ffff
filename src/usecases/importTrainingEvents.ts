import { v7 as uuid } from 'uuid';
import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { checkIdentifier } from '../domain/names.js';
import type { Model, TrainingEvent, TrainingEventStatus } from '../domain/records.js';
import type { DocumentTrainingEvent, RegistryDocument } from '../domain/registryDocument.js';
import type { Deps, Tx } from '../ports.js';
import { resolveLabel } from './addTrainingEvents.js';

/** The pool of a document; an event that does not fit the model's tasks is left out with a warning. */
export async function importTrainingEvents(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: Actor,
  model: Model,
  doc: RegistryDocument,
  warnings: string[],
): Promise<{ created: number; unchanged: number }> {
  const told: [TrainingEventStatus, DocumentTrainingEvent][] = [
    ...doc.validatedEvents.map((e): [TrainingEventStatus, DocumentTrainingEvent] => ['VALIDATED', e]),
    ...doc.pendingEvents.map((e): [TrainingEventStatus, DocumentTrainingEvent] => ['PENDING', e]),
    ...doc.otherEvents.map((e): [TrainingEventStatus, DocumentTrainingEvent] => [e.status, e]),
  ];
  const ids = told.map(([, e]) => e.eventId);
  const known = new Set((await tx.trainingEvents(model.name, ids)).map((e) => e.eventId));
  const fresh = told
    .filter(([, e], i) => !known.has(e.eventId) && ids.indexOf(e.eventId) === i)
    .flatMap(([status, e]) => fitting(model, status, e, deps.now(), warnings));
  if (fresh.length > 0) {
    await tx.insertTrainingEvents(fresh);
    const data = { events: fresh.map((e) => e.eventId) };
    await tx.append({ type: 'TRAINING_EVENTS_ADDED', at: deps.now(), actor: actor.name, model: model.name, data });
  }
  return { created: fresh.length, unchanged: known.size };
}

function fitting(model: Model, status: TrainingEventStatus, e: DocumentTrainingEvent, now: number, warnings: string[]): TrainingEvent[] {
  try {
    return [
      {
        id: uuid(),
        model: model.name,
        eventId: checkIdentifier(e.eventId, 'the event id'),
        status,
        date: e.date ?? '',
        station: e.station,
        labels: e.labels.map((label) => resolveLabel(model, label)),
        addedAt: e.addedAt ?? now,
        validatedAt: e.validatedAt,
        usedBy: e.usedBy,
        extra: e.extra,
      },
    ];
  } catch (error) {
    if (!(error instanceof JuaraError)) throw error;
    warnings.push(`training event ${e.eventId}: ${error.message}; it is left out`);
    return [];
  }
}
