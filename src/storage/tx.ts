import type { StoredEvent } from '../domain/event.js';
import type { Tx } from '../ports.js';
import { accessWrites } from './accessWrites.js';
import { decisionWrites } from './decisionWrites.js';
import { eventWrites } from './eventWrites.js';
import { evidenceWrites } from './evidenceWrites.js';
import { modelWrites } from './modelWrites.js';
import { createReads } from './reads.js';
import type { Session } from './session.js';
import { trainingWrites } from './trainingWrites.js';
import { versionWrites } from './versionWrites.js';
import { webhookWrites } from './webhookWrites.js';

/** `appended` hears of each event; whether it is committed is for the caller to know. */
export function createTx(session: Session, appended: (event: StoredEvent) => void): Tx {
  return {
    ...createReads(session),
    ...modelWrites(session),
    ...versionWrites(session),
    ...decisionWrites(session),
    ...trainingWrites(session),
    ...accessWrites(session),
    ...webhookWrites(session),
    ...evidenceWrites(session),
    ...eventWrites(session, appended),
  };
}
