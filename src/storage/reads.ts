import type { Reads } from '../ports.js';
import { accessReads } from './accessReads.js';
import { countReads } from './countReads.js';
import { decisionReads } from './decisionReads.js';
import { eventReads } from './eventReads.js';
import { evidenceReads } from './evidenceReads.js';
import { modelReads } from './modelReads.js';
import { policyReads } from './policyReads.js';
import { reignReads } from './reignReads.js';
import type { Session } from './session.js';
import { translatingErrors } from './storageError.js';
import { trainingReads } from './trainingReads.js';
import { versionReads } from './versionReads.js';
import { webhookReads } from './webhookReads.js';

export function createReads(session: Session): Reads {
  return translatingErrors<Reads>({
    ...modelReads(session),
    ...versionReads(session),
    ...reignReads(session),
    ...policyReads(session),
    ...decisionReads(session),
    ...trainingReads(session),
    ...eventReads(session),
    ...accessReads(session),
    ...countReads(session),
    ...webhookReads(session),
    ...evidenceReads(session),
  });
}
