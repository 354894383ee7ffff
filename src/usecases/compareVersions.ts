import type { Actor } from '../domain/actor.js';
import type { Comparison } from '../domain/comparison.js';
import { JuaraError } from '../domain/errors.js';
import type { Deps } from '../ports.js';
import { compareSides } from './decide.js';
import { foundModel, foundVersion } from './found.js';
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
  if (input.benchmark != null) {
    throw new JuaraError('BENCHMARK_NOT_FOUND', `there is no benchmark ${JSON.stringify(input.benchmark.slice(0, 100))}`);
  }
  const base = await foundVersion(reads, model.name, input.base);
  const candidate = await foundVersion(reads, model.name, input.candidate);
  return compareSides(base, candidate, await latestPolicy(reads, model.name));
}
