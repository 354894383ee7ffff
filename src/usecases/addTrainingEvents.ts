import { v7 as uuid } from 'uuid';
import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { checkIdentifier, checkLabel } from '../domain/names.js';
import type { Model, TrainingEvent, TrainingLabel } from '../domain/records.js';
import { classOf } from '../domain/task.js';
import type { Deps } from '../ports.js';
import { lockedModel } from './found.js';

const MAX_EVENTS = 1_000;

export interface TrainingLabelInput {
  readonly task: string;
  readonly value?: number | null;
  readonly class?: string | null;
}

export interface TrainingEventInput {
  readonly eventId?: string | null;
  readonly date: string;
  readonly station?: string | null;
  readonly labels: readonly TrainingLabelInput[];
}

/** New events wait as PENDING. Sending an event again with the same content changes nothing; with another content it is refused. */
export async function addTrainingEvents(
  deps: Deps,
  actor: Actor,
  input: { readonly model: string; readonly events: readonly TrainingEventInput[] },
): Promise<TrainingEvent[]> {
  if (input.events.length > MAX_EVENTS)
    throw new JuaraError('INVALID_INPUT', `${input.events.length} events: send ${MAX_EVENTS} at most at a time`);
  const events = await deps.store.inTransaction(async (tx) => {
    const model = await lockedModel(tx, actor, input.model);
    const wished = input.events.map((e) => newEvent(model, e, deps.now()));
    const ids = wished.map((e) => e.eventId);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined) throw new JuaraError('INVALID_INPUT', `event ${twice} is given twice`);
    const known = new Map((await tx.trainingEvents(model.name, ids)).map((e) => [e.eventId, e]));
    for (const event of wished) refuseOther(known.get(event.eventId), event);
    const fresh = wished.filter((e) => !known.has(e.eventId));
    if (fresh.length > 0) {
      await tx.insertTrainingEvents(fresh);
      const data = { events: fresh.map((e) => e.eventId) };
      await tx.append({ type: 'TRAINING_EVENTS_ADDED', at: deps.now(), actor: actor.name, model: model.name, data });
    }
    return wished.map((e) => known.get(e.eventId) ?? e);
  });
  await deps.folders.registryChanged(input.model);
  return events;
}

function newEvent(model: Model, input: TrainingEventInput, now: number): TrainingEvent {
  if (Number.isNaN(Date.parse(input.date)) || input.date.length > 40) {
    throw new JuaraError('INVALID_INPUT', `the date ${JSON.stringify(input.date.slice(0, 60))} is none: write e.g. 2026-02-10`);
  }
  const station = input.station == null ? null : checkLabel(input.station, 'the station', 50);
  const day = input.date.slice(0, 10).replaceAll('-', '');
  return {
    id: uuid(),
    model: model.name,
    eventId: checkIdentifier(input.eventId ?? `${station ?? 'EVENT'}_${day}`, 'the event id'),
    status: 'PENDING',
    date: input.date,
    station,
    labels: input.labels.map((label) => resolveLabel(model, label)),
    addedAt: now,
    validatedAt: null,
    usedBy: null,
    extra: null,
  };
}

/** A value is binned by the task; a class that is given as well has the last word, but must be one of the task's. */
export function resolveLabel(model: Model, label: TrainingLabelInput): TrainingLabel {
  const task = model.tasks.find((t) => t.name === label.task);
  if (task === undefined) throw new JuaraError('INVALID_INPUT', `the model has no task ${JSON.stringify(label.task.slice(0, 100))}`);
  const value = label.value ?? null;
  if (value !== null && !Number.isFinite(value)) throw new JuaraError('INVALID_NUMBER', `the value of ${task.name} is ${value}`);
  if (label.class != null && !task.classes.includes(label.class)) {
    throw new JuaraError(
      'INVALID_INPUT',
      `task ${task.name} has no class ${JSON.stringify(label.class.slice(0, 100))}; it has ${task.classes.join(', ')}`,
    );
  }
  if (label.class != null) return { task: task.name, value, class: label.class };
  if (value === null) throw new JuaraError('INVALID_INPUT', `the label of ${task.name} has neither a value nor a class`);
  return { task: task.name, value, class: classOf(task, value) };
}

function refuseOther(known: TrainingEvent | undefined, event: TrainingEvent): void {
  if (known === undefined) return;
  const content = ({ date, station, labels }: TrainingEvent): string => canonicalJson({ date, station, labels } as unknown as Json);
  if (content(known) !== content(event)) {
    throw new JuaraError(
      'TRAINING_EVENT_EXISTS',
      `event ${event.eventId} is in the pool with other labels: give another eventId, or discard it`,
    );
  }
}
