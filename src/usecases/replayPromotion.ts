import { JuaraError } from '../domain/errors.js';
import type { Deps, IdempotencyRecord, Reads } from '../ports.js';
import type { PromoteResult } from './promoteResult.js';

/** The answer that the first call with an idempotency key got, read again; the model is as it is now. */
export async function replayPromotion(deps: Deps, reads: Reads, result: IdempotencyRecord['result']): Promise<PromoteResult> {
  const decision = await reads.decision(String(result.decision));
  const model = decision === null ? null : await reads.model(decision.model);
  if (decision === null || model === null)
    throw new JuaraError('DATABASE_DAMAGED', `decision ${result.decision} is gone: restore a backup`);
  const event = typeof result.event === 'number' ? await reads.event(result.event) : null;
  if (event === null) {
    const waited = decision.awaiting || decision.answer !== null;
    return { outcome: waited ? 'AWAITING_APPROVAL' : 'REFUSED', decision, event: null, model, checkpoint: null };
  }
  return { outcome: 'PROMOTED', decision, event, model, checkpoint: deps.signer.checkpoint(await reads.head()) };
}
