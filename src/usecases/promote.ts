import { type Actor, requireRole } from '../domain/actor.js';
import type { RuleResult } from '../domain/decision.js';
import { nextStatus } from '../domain/lifecycle.js';
import { checkReason } from '../domain/names.js';
import type { Model } from '../domain/records.js';
import type { Deps, Tx } from '../ports.js';
import { checkExpected } from './checkExpected.js';
import { artifactRule } from './checkFiles.js';
import { type Change, committed } from './committed.js';
import { type DecisionRequest, decide } from './decide.js';
import { foundChampion, foundModel, foundVersion, lockedModel } from './found.js';
import { firstResult, keyed, remember } from './idempotent.js';
import type { PromoteResult } from './promoteResult.js';
import { recordDecision } from './recordDecision.js';
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
  const artifact = await artifactRule(deps.blobs, candidate);
  deps.failpoint('before-promotion');
  return committed(deps, model.name, async (tx) => {
    const locked = await lockedModel(tx, actor, input.model);
    const again = await firstResult(tx, key);
    if (again !== null) return { result: await replayPromotion(deps, tx, again), versions: [] };
    checkExpected(locked, input.expectedChampion ?? null);
    const change = await takeDecision(deps, tx, locked, actor, input, artifact);
    await remember(tx, key, { decision: change.result.decision.id, event: change.result.event?.seq ?? null });
    return change;
  });
}

async function takeDecision(
  deps: Deps,
  tx: Tx,
  model: Model,
  actor: Actor,
  input: PromoteInput,
  artifact: RuleResult,
): Promise<Change<PromoteResult>> {
  const candidate = await foundVersion(tx, model.name, input.version);
  nextStatus('promote', candidate.id, candidate.status);
  const request: DecisionRequest = {
    model,
    candidate,
    champion: await foundChampion(tx, model),
    artifact,
    actor,
    reason: input.reason ?? null,
    overrideReason: input.overrideReason ?? null,
  };
  return recordDecision(deps, tx, request, await decide(deps, tx, request));
}
