import { type Actor, requireRole } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { Policy } from '../domain/policy.js';
import type { Deps } from '../ports.js';
import { lockedModel } from './found.js';
import { latestPolicy } from './latestPolicy.js';
import { type PolicyChanges, revisePolicy } from './revisePolicy.js';

export type SetPolicyInput = PolicyChanges & {
  readonly model: string;
  readonly expectedRevision?: number | null;
};

/** Stores the next revision; earlier ones are kept for ever. CONFLICT where expectedRevision is not the present one. */
export async function setPolicy(deps: Deps, actor: Actor, input: SetPolicyInput): Promise<Policy> {
  requireRole(actor, 'ADMIN');
  const { model: name, expectedRevision, ...changes } = input;
  const policy = await deps.store.inTransaction(async (tx) => {
    const model = await lockedModel(tx, actor, name);
    const before = await latestPolicy(tx, model.name);
    if (expectedRevision != null && expectedRevision !== before.revision) {
      throw new JuaraError('CONFLICT', `the policy is at revision ${before.revision} by now, not ${expectedRevision}: read it again`, {
        revision: before.revision,
      });
    }
    const rules = await revisePolicy(tx, model, before, changes);
    const after: Policy = { ...rules, model: model.name, revision: before.revision + 1, at: deps.now(), actor: actor.name };
    await tx.insertPolicy(after);
    await tx.append({ type: 'POLICY_CHANGED', at: after.at, actor: actor.name, model: model.name, data: { revision: after.revision } });
    return after;
  });
  return policy;
}
