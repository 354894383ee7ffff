import type { Decision } from '../domain/decision.js';
import type { Deps, Tx } from '../ports.js';
import { changeChampion } from './changeChampion.js';
import type { Change } from './committed.js';
import type { DecisionRequest } from './decide.js';
import type { PromoteResult } from './promoteResult.js';
import { consumeEvents } from './trainingPool.js';

/** Stores the decision with every number behind it, and carries it out where it says so. */
export async function recordDecision(deps: Deps, tx: Tx, request: DecisionRequest, decision: Decision): Promise<Change<PromoteResult>> {
  await supersede(tx, deps.now(), request.candidate.model, request.candidate.version);
  await tx.insertDecision(decision);
  return decision.applied ? apply(deps, tx, request, decision) : hold(deps, tx, request, decision);
}

/** A newer decision on the candidate, or its leaving the challengers, answers the requests that still wait. */
export async function supersede(tx: Tx, at: number, model: string, candidate: string): Promise<void> {
  for (const waiting of await tx.awaitingDecisions(model, candidate)) {
    await tx.answerDecision(waiting.id, { kind: 'SUPERSEDED', by: 'juara', at, reason: null });
  }
}

async function apply(
  deps: Deps,
  tx: Tx,
  { model, candidate, evidence, actor, reason }: DecisionRequest,
  decision: Decision,
): Promise<Change<PromoteResult>> {
  const why = decision.overrideReason ?? reason ?? decision.comparison?.summary ?? 'the first champion';
  await consumeEvents(tx, candidate);
  const changed = await changeChampion(tx, {
    type: 'PROMOTED',
    model,
    from: evidence.champion,
    to: candidate,
    reason: why,
    toReason: why,
    fromReason: `Replaced by v${candidate.version} (${why})`,
    decision: decision.id,
    actor: actor.name,
    now: deps.now(),
  });
  const checkpoint = deps.signer.checkpoint(changed.event);
  return { result: { outcome: 'PROMOTED', decision, event: changed.event, model: changed.model, checkpoint }, versions: changed.versions };
}

async function hold(deps: Deps, tx: Tx, { model, candidate, actor }: DecisionRequest, decision: Decision): Promise<Change<PromoteResult>> {
  await tx.append({
    type: decision.awaiting ? 'PROMOTION_REQUESTED' : 'PROMOTION_REFUSED',
    at: deps.now(),
    actor: actor.name,
    model: model.name,
    data: { version: candidate.version, champion: model.champion, decision: decision.id, summary: decision.summary },
  });
  const outcome = decision.awaiting ? 'AWAITING_APPROVAL' : 'REFUSED';
  return { result: { outcome, decision, event: null, model, checkpoint: null }, versions: [] };
}
