import { type Actor, requireRole } from '../domain/actor.js';
import { checkReason } from '../domain/names.js';
import type { Version } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { changeRole } from './changeRole.js';
import { supersede } from './recordDecision.js';
import { releaseEvents } from './trainingPool.js';

export interface RejectInput {
  readonly model: string;
  readonly version: string;
  readonly reason: string;
}

/** The challenger lost: it is kept for ever with the reason, and its training events return to the pool. */
export async function reject(deps: Deps, actor: Actor, input: RejectInput): Promise<Version> {
  requireRole(actor, 'OPERATOR');
  const reason = checkReason(input.reason);
  return changeRole(deps, actor, {
    ...input,
    step: 'reject',
    type: 'VERSION_REJECTED',
    reason,
    archivedAt: deps.now(),
    besides: async (tx, version) => {
      await releaseEvents(tx, version);
      await supersede(tx, deps.now(), version.model, version.version);
    },
  });
}
