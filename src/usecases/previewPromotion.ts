import type { Actor } from '../domain/actor.js';
import type { Decision } from '../domain/decision.js';
import { nextStatus } from '../domain/lifecycle.js';
import type { Deps } from '../ports.js';
import { artifactRule } from './checkFiles.js';
import { decide } from './decide.js';
import { gatherEvidence } from './evidence.js';
import { foundModel, foundVersion } from './found.js';

/** The decision that promote would take now if this actor asked for it. Leaves no trace. */
export async function previewPromotion(
  deps: Deps,
  actor: Actor,
  input: { readonly model: string; readonly version: string },
): Promise<Decision> {
  const reads = deps.store.reads;
  const model = await foundModel(reads, actor, input.model);
  const candidate = await foundVersion(reads, model.name, input.version);
  nextStatus('promote', candidate.id, candidate.status);
  const artifact = await artifactRule(deps.blobs, candidate);
  const evidence = await gatherEvidence(deps, reads, model, candidate);
  const decision = decide(deps, { model, candidate, evidence, artifact, actor, reason: null, overrideReason: null });
  return { ...decision, id: `preview:${candidate.id}`, applied: false };
}
