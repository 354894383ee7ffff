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
import { standingReads } from './standingReads.js';
import { trainingReads } from './trainingReads.js';
import { versionReads } from './versionReads.js';
import { webhookReads } from './webhookReads.js';

export function createReads(session: Session): Reads {
  return {
    ...modelReads(session),
    ...versionReads(session),
    ...reignReads(session),
    ...policyReads(session),
    ...decisionReads(session),
    ...trainingReads(session),
    ...eventReads(session),
    ...standingReads(session),
    ...accessReads(session),
    ...countReads(session),
    ...webhookReads(session),
    ...evidenceReads(session),
  };
}
