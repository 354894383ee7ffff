import { type Actor, requireModel, requireRole } from '../domain/actor.js';
import type { Webhook } from '../domain/webhook.js';
import type { Deps } from '../ports.js';
import { lockedWebhook } from './foundWebhook.js';
import { webhookEvent } from './webhookEvent.js';

export interface ReplayWebhookInput {
  readonly id: string;
  /** Deliver what follows this seq. */
  readonly afterSeq: number;
}

/** Sets the hook's place in the log: back, so that events are delivered again, or forward, past one that its receiver cannot take. */
export async function replayWebhook(deps: Pick<Deps, 'store' | 'now'>, actor: Actor, input: ReplayWebhookInput): Promise<Webhook> {
  requireRole(actor, 'ADMIN');
  requireModel(actor, null);
  return deps.store.inTransaction(async (tx) => {
    const before = await lockedWebhook(tx, input.id);
    const after: Webhook = { ...before, seq: input.afterSeq, failingSince: null };
    await tx.updateWebhook(before.id, { seq: after.seq, failingSince: null });
    const more = { changed: ['seq'], fromSeq: before.seq, toSeq: after.seq };
    await tx.append(webhookEvent('WEBHOOK_UPDATED', after, { at: deps.now(), actor: actor.name }, more));
    return after;
  });
}
