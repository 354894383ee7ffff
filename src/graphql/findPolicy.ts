import { JuaraError } from '../domain/errors.js';
import type { Policy } from '../domain/policy.js';
import type { JuaraContext } from './context.js';

/** A revision of a model's policy, through the loader; null: the one in force. Every model has one from its creation on. */
export async function findPolicy({ loaders }: JuaraContext, model: string, revision: number | null): Promise<Policy> {
  const policy = await loaders.policies.load({ model, revision });
  if (policy === null) throw new JuaraError('DATABASE_DAMAGED', `the policy of ${model} is gone: restore a backup`);
  return policy;
}
