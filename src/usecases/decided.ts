import type { Actor } from '../domain/actor.js';
import { nextStatus } from '../domain/lifecycle.js';
import type { Model } from '../domain/records.js';
import type { Deps, Tx } from '../ports.js';
import { artifactRule } from './checkFiles.js';
import { type Change, committed } from './committed.js';
import { type DecisionRequest, decide } from './decide.js';
import { EvidenceMoved, gatherEvidence, stillHolding } from './evidence.js';
import { foundModel, foundVersion, lockedModel } from './found.js';
import type { PromoteResult } from './promoteResult.js';
import { recordDecision } from './recordDecision.js';
import { warmUp } from './warmUp.js';

type Asked = Pick<DecisionRequest, 'reason' | 'overrideReason' | 'requestedBy'>;

export interface DecisionSteps {
  readonly model: string;
  readonly version: string;
  /** What is known of the request beforehand. */
  readonly wished?: Partial<Asked>;
  /** First inside of the transaction, the model's row locked: what it gives is the result, and nothing is decided. */
  readonly before: (tx: Tx, model: Model) => Promise<PromoteResult | Asked>;
  /** Last inside of the transaction. */
  readonly after?: (tx: Tx, result: PromoteResult) => Promise<void>;
}

const ATTEMPTS = 5;

/**
 * Decides on a candidate and carries the decision out. Files are hashed and evidence is gathered before the transaction; inside of it
 * the evidence must still be that of this moment, else all of it is done again.
 */
export async function decided(deps: Deps, actor: Actor, steps: DecisionSteps): Promise<PromoteResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptDecision(deps, actor, steps);
    } catch (error) {
      if (!(error instanceof EvidenceMoved) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function attemptDecision(
  deps: Deps,
  actor: Actor,
  { model: name, version, wished, before, after }: DecisionSteps,
): Promise<PromoteResult> {
  const { reads } = deps.store;
  const seen = await foundModel(reads, actor, name);
  const found = await foundVersion(reads, name, version);
  const artifact = await artifactRule(deps.blobs, found);
  const evidence = await gatherEvidence(deps, reads, seen, found);
  const foreseen = decide(deps, {
    reason: null,
    overrideReason: null,
    ...wished,
    model: seen,
    candidate: found,
    evidence,
    artifact,
    actor,
  });
  if (foreseen.applied) await warmUp(deps, evidence.champion, found);
  deps.failpoint('before-promotion');
  return committed(deps, name, async (tx): Promise<Change<PromoteResult>> => {
    const model = await lockedModel(tx, actor, name);
    const asked = await before(tx, model);
    if ('outcome' in asked) return { result: asked, versions: [] };
    const candidate = await foundVersion(tx, name, version);
    nextStatus('promote', candidate.id, candidate.status);
    const held = await stillHolding(tx, model, candidate, evidence);
    const request: DecisionRequest = { ...asked, model, candidate, evidence: held, artifact, actor };
    const change = await recordDecision(deps, tx, request, decide(deps, request));
    await after?.(tx, change.result);
    return change;
  });
}
