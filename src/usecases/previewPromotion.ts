import { type Actor, requireRole } from '../domain/actor.js';
import type { Decision } from '../domain/decision.js';
import { nextStatus } from '../domain/lifecycle.js';
import type { Policy } from '../domain/policy.js';
import type { Model } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { artifactRule } from './checkFiles.js';
import { decide } from './decide.js';
import { evidenceUnder } from './evidence.js';
import { foundModel, foundVersion } from './found.js';
import { latestPolicy } from './latestPolicy.js';
import { type PolicyChanges, revisePolicy } from './revisePolicy.js';

export interface PreviewRequest {
  readonly model: string;
  readonly version: string;
  /** Changes to the policy in force that are tried out with it; null: as it is. */
  readonly policy: PolicyChanges | null;
}

/** The decision that promote would take now if this actor asked for it, by the policy as it is or as it would be. Leaves no trace. */
export async function previewPromotion(deps: Deps, actor: Actor, input: PreviewRequest): Promise<Decision> {
  // Who may not set a policy has none to try out, and should not choose how many resamples the server draws.
  if (input.policy !== null) requireRole(actor, 'ADMIN');
  const reads = deps.store.reads;
  const model = await foundModel(reads, actor, input.model);
  const candidate = await foundVersion(reads, model.name, input.version);
  nextStatus('promote', candidate.id, candidate.status);
  const policy = await policyUnder(deps, model, input.policy);
  const artifact = await artifactRule(deps.blobs, candidate);
  const evidence = await evidenceUnder(policy, deps, reads, model, candidate);
  const decision = decide(deps, { model, candidate, evidence, artifact, actor, reason: null, overrideReason: null });
  return { ...decision, id: `preview:${candidate.id}`, applied: false };
}

/** Keeps the number of the revision in force: the changes have none of their own. */
async function policyUnder({ store }: Deps, model: Model, changes: PolicyChanges | null): Promise<Policy> {
  const policy = await latestPolicy(store.reads, model.name);
  return changes === null ? policy : { ...policy, ...(await revisePolicy(store.reads, model, policy, changes)) };
}
