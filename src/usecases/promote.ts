import { type Actor, requireRole } from '../domain/actor.js';
import { nextStatus } from '../domain/lifecycle.js';
import { checkReason } from '../domain/names.js';
import type { Deps } from '../ports.js';
import { checkExpected } from './checkExpected.js';
import { decided } from './decided.js';
import { foundModel, foundVersion } from './found.js';
import { firstResult, keyed, remember } from './idempotent.js';
import type { PromoteResult } from './promoteResult.js';
import { replayPromotion } from './replayPromotion.js';

export interface PromoteInput {
  readonly model: string;
  readonly version: string;
  readonly reason?: string | null;
  readonly expectedChampion?: string | null;
  readonly idempotencyKey?: string | null;
  readonly overrideReason?: string | null;
}

/**
 * Asks the policy whether the challenger may become champion and, if so, makes it champion in the same transaction. A refusal is an
 * answer; errors are for wishes that make no sense (unknown, not a challenger, stale expectedChampion).
 */
export async function promote(deps: Deps, actor: Actor, input: PromoteInput): Promise<PromoteResult> {
  if (input.reason != null) checkReason(input.reason);
  if (input.overrideReason != null) {
    requireRole(actor, 'OPERATOR');
    checkReason(input.overrideReason, 'the override reason');
  }
  const key = keyed(actor, 'promote', input);
  const reads = deps.store.reads;
  const model = await foundModel(reads, actor, input.model);
  const earlier = await firstResult(reads, key);
  if (earlier !== null) return replayPromotion(deps, reads, earlier);
  const candidate = await foundVersion(reads, model.name, input.version);
  checkExpected(model, input.expectedChampion ?? null);
  nextStatus('promote', candidate.id, candidate.status);
  return decided(deps, actor, {
    model: model.name,
    version: candidate.version,
    wished: { overrideReason: input.overrideReason ?? null },
    before: async (tx, locked) => {
      const again = await firstResult(tx, key);
      if (again !== null) return replayPromotion(deps, tx, again);
      checkExpected(locked, input.expectedChampion ?? null);
      return { reason: input.reason ?? null, overrideReason: input.overrideReason ?? null };
    },
    after: (tx, { decision, event }) => remember(tx, key, { decision: decision.id, event: event?.seq ?? null }),
  });
}
