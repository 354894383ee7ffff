import { type Actor, requireRole } from '../domain/actor.js';
import { checkReason } from '../domain/names.js';
import type { Version } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { changeRole } from './changeRole.js';
import { reserveEvents } from './trainingPool.js';

export interface NominateInput {
  readonly model: string;
  readonly version: string;
  readonly reason?: string | null;
}

/** An archived or rejected version becomes a challenger again. */
export async function nominate(deps: Deps, actor: Actor, input: NominateInput): Promise<Version> {
  requireRole(actor, 'OPERATOR');
  const reason = input.reason == null ? null : checkReason(input.reason);
  return changeRole(deps, actor, {
    ...input,
    step: 'nominate',
    type: 'VERSION_NOMINATED',
    reason,
    archivedAt: null,
    besides: reserveEvents,
  });
}
