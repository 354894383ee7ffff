import type { Actor } from '../domain/actor.js';
import { type TrainingReadiness, trainingReadiness } from '../domain/training.js';
import type { Deps, Reads } from '../ports.js';
import { foundModel } from './found.js';
import { latestPolicy } from './latestPolicy.js';

/** Whether a training is due. The last training is the latest registration: a version is registered when its training has ended. */
export async function readiness(deps: Deps, actor: Actor, input: { readonly model: string }): Promise<TrainingReadiness> {
  await foundModel(deps.store.reads, actor, input.model);
  return readinessOf(deps.store.reads, input.model, deps.now());
}

export async function readinessOf(reads: Reads, model: string, now: number): Promise<TrainingReadiness> {
  const [policy, validated, pending, last] = await Promise.all([
    latestPolicy(reads, model),
    reads.trainingCount(model, ['VALIDATED']),
    reads.trainingCount(model, ['PENDING']),
    reads.latestRegistration(model),
  ]);
  return trainingReadiness(policy, { validated, pending }, last, now);
}
