import { JuaraError } from '../domain/errors.js';
import type { Policy } from '../domain/policy.js';
import type { Reads } from '../ports.js';

/** The policy in force. A model without one cannot exist (createModel stores revision 1), so its lack is damage. */
export async function latestPolicy(reads: Reads, model: string): Promise<Policy> {
  const policy = await reads.policy(model);
  if (policy === null) throw new JuaraError('DATABASE_DAMAGED', `model ${model} has no policy: restore a backup, or run \`juara rebuild\``);
  return policy;
}
