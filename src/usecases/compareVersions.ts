import type { Actor } from '../domain/actor.js';
import type { Comparison } from '../domain/comparison.js';
import type { Deps } from '../ports.js';
import { compareOn } from './evidence.js';
import { foundModel, foundVersion } from './found.js';
import { foundBenchmark } from './foundBenchmark.js';
import { latestPolicy } from './latestPolicy.js';

export interface CompareVersionsInput {
  readonly model: string;
  readonly base: string;
  readonly candidate: string;
  readonly benchmark?: string | null;
}

/** Any two versions of a model, whatever their status, weighed by the policy in force. */
export async function compareVersions(deps: Deps, actor: Actor, input: CompareVersionsInput): Promise<Comparison> {
  const reads = deps.store.reads;
  const model = await foundModel(reads, actor, input.model);
  const base = await foundVersion(reads, model.name, input.base);
  const candidate = await foundVersion(reads, model.name, input.candidate);
  const policy = await latestPolicy(reads, model.name);
  const benchmark = input.benchmark == null ? policy.benchmark : (await foundBenchmark(reads, input.benchmark)).name;
  return compareOn(deps, reads, { base, candidate, policy, benchmark });
}
