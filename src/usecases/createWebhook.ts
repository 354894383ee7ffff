import { v7 as uuid } from 'uuid';
import { type Actor, requireModel, requireRole } from '../domain/actor.js';
import type { EventType } from '../domain/event.js';
import { checkLabel } from '../domain/names.js';
import { checkWebhookSecret, newWebhookSecret, type Webhook } from '../domain/webhook.js';
import { checkWebhookUrl } from '../domain/webhookAddress.js';
import type { Deps } from '../ports.js';
import { foundModel } from './found.js';
import { webhookEvent } from './webhookEvent.js';

export interface CreateWebhookInput {
  readonly name: string;
  readonly url: string;
  readonly types?: readonly EventType[] | null;
  readonly model?: string | null;
  readonly secret?: string | null;
  /** Deliver what follows this seq; null or left out: what follows the hook's own creation. */
  readonly afterSeq?: number | null;
}

export type WebhookDeps = Pick<Deps, 'store' | 'now' | 'allowPrivateWebhooks'>;

/** An active hook. The secret is in the answer, and afterwards in signatures alone. */
export async function createWebhook(
  deps: WebhookDeps,
  actor: Actor,
  input: CreateWebhookInput,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  requireRole(actor, 'ADMIN');
  requireModel(actor, null);
  const secret = input.secret == null ? newWebhookSecret() : checkWebhookSecret(input.secret);
  const draft: Webhook = {
    id: uuid(),
    name: checkLabel(input.name, 'the name of the webhook', 100),
    url: checkWebhookUrl(input.url, deps.allowPrivateWebhooks === true),
    types: input.types == null ? null : [...new Set(input.types)],
    model: input.model ?? null,
    active: true,
    seq: input.afterSeq ?? 0,
    createdAt: deps.now(),
    failingSince: null,
    disabledReason: null,
  };
  const webhook = await deps.store.inTransaction(async (tx) => {
    // A misspelt model would be a hook that never hears of anything.
    if (draft.model !== null) await foundModel(tx, actor, draft.model);
    // The event first, unlike elsewhere: its seq is where the hook begins.
    const created = await tx.append(webhookEvent('WEBHOOK_CREATED', draft, { at: draft.createdAt, actor: actor.name }, {}));
    const hook = { ...draft, seq: input.afterSeq ?? created.seq };
    await tx.insertWebhook(hook, { current: secret, previous: null, previousUntil: null });
    return hook;
  });
  return { webhook, secret };
}
