import { type Actor, requireModel, requireRole } from '../domain/actor.js';
import type { Decision } from '../domain/decision.js';
import { JuaraError } from '../domain/errors.js';
import { checkReason } from '../domain/names.js';
import type { Deps, Reads } from '../ports.js';
import { decided } from './decided.js';
import type { PromoteResult } from './promoteResult.js';

export interface ApprovePromotionInput {
  readonly decision: string;
  readonly reason?: string | null;
}

/** The waiting decision, or DECISION_NOT_FOUND, or DECISION_CLOSED where it has been answered. */
export async function waitingDecision(reads: Reads, actor: Actor, id: string): Promise<Decision> {
  const decision = await reads.decision(id);
  if (decision === null) throw new JuaraError('DECISION_NOT_FOUND', `there is no decision ${JSON.stringify(id.slice(0, 100))}`);
  requireModel(actor, decision.model);
  if (!decision.awaiting || decision.answer !== null) {
    const answer =
      decision.answer === null ? 'never asked for an approval' : `was ${decision.answer.kind.toLowerCase()} by ${decision.answer.by}`;
    throw new JuaraError('DECISION_CLOSED', `decision ${decision.id} ${answer}: ask for the promotion anew`);
  }
  return decision;
}

/** Decides anew against the champion of this moment, with the approval given; the waiting decision is answered either way. */
export async function approvePromotion(deps: Deps, actor: Actor, input: ApprovePromotionInput): Promise<PromoteResult> {
  requireRole(actor, 'OPERATOR');
  if (input.reason != null) checkReason(input.reason);
  const asked = await waitingDecision(deps.store.reads, actor, input.decision);
  const { model, candidate: version, requestedBy } = asked;
  return decided(deps, actor, {
    model,
    version,
    before: async (tx) => {
      await waitingDecision(tx, actor, input.decision);
      await tx.answerDecision(asked.id, { kind: 'APPROVED', by: actor.name, at: deps.now(), reason: input.reason ?? null });
      return { reason: input.reason ?? asked.reason, overrideReason: null, requestedBy };
    },
  });
}
