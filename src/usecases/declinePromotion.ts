import { type Actor, requireRole } from '../domain/actor.js';
import type { Decision, DecisionAnswer } from '../domain/decision.js';
import { checkReason } from '../domain/names.js';
import type { Deps } from '../ports.js';
import { waitingDecision } from './approvePromotion.js';
import { lockedModel } from './found.js';

export interface DeclinePromotionInput {
  readonly decision: string;
  readonly reason: string;
}

/** Answers a waiting decision with no; the version stays a challenger. */
export async function declinePromotion(deps: Deps, actor: Actor, input: DeclinePromotionInput): Promise<Decision> {
  requireRole(actor, 'OPERATOR');
  const reason = checkReason(input.reason);
  const asked = await waitingDecision(deps.store.reads, actor, input.decision);
  return deps.store.inTransaction(async (tx) => {
    await lockedModel(tx, actor, asked.model);
    const decision = await waitingDecision(tx, actor, input.decision);
    const answer: DecisionAnswer = { kind: 'DECLINED', by: actor.name, at: deps.now(), reason };
    await tx.answerDecision(decision.id, answer);
    const data = { version: decision.candidate, decision: decision.id, reason };
    await tx.append({ type: 'PROMOTION_DECLINED', at: answer.at, actor: actor.name, model: decision.model, data });
    return { ...decision, answer };
  });
}
