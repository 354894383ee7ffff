import type { TrainingEvent, Version } from '../domain/records.js';
import type { Tx } from '../ports.js';

const ids = (events: readonly TrainingEvent[]): string[] => events.map((e) => e.eventId);

function included(tx: Tx, version: Version): Promise<TrainingEvent[]> {
  return tx.trainingEvents(version.model, version.trainingData?.eventsIncluded ?? []);
}

/** A challenger's validated training events are its own until its verdict. Those of another challenger stay with that one. */
export async function reserveEvents(tx: Tx, version: Version): Promise<void> {
  const free = (await included(tx, version)).filter((e) => e.status === 'VALIDATED');
  if (free.length > 0) await tx.updateTrainingEvents(version.model, ids(free), { status: 'RESERVED', usedBy: version.version });
}

/** A promotion uses up what the new champion learned from, whoever had reserved it. */
export async function consumeEvents(tx: Tx, version: Version): Promise<void> {
  const used = (await included(tx, version)).filter((e) => e.status === 'RESERVED' || e.status === 'VALIDATED');
  if (used.length > 0) await tx.updateTrainingEvents(version.model, ids(used), { status: 'CONSUMED', usedBy: version.version });
}

/** A rejected challenger's events go to the next challenger that includes them, or back to the pool of validated ones. */
export async function releaseEvents(tx: Tx, version: Version): Promise<void> {
  const reserved = (await tx.trainingEventsUsedBy(version.model, version.version)).filter((e) => e.status === 'RESERVED');
  if (reserved.length === 0) return;
  await tx.updateTrainingEvents(version.model, ids(reserved), { status: 'VALIDATED', usedBy: null });
  for (const other of await tx.challengers([version.model])) {
    if (other.id !== version.id) await reserveEvents(tx, other);
  }
}
