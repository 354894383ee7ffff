import { type Actor, requireModel, requireRole } from '../domain/actor.js';
import type { EventType } from '../domain/event.js';
import { checkLabel } from '../domain/names.js';
import { type Webhook, webhookFilter } from '../domain/webhook.js';
import { checkWebhookUrl } from '../domain/webhookAddress.js';
import type { Tx } from '../ports.js';
import type { WebhookDeps } from './createWebhook.js';
import { foundModel } from './found.js';
import { lockedWebhook } from './foundWebhook.js';
import { webhookEvent } from './webhookEvent.js';

/** What is left out stays as it is; null clears `types` and `model`, and leaves the others. */
export interface UpdateWebhookInput {
  readonly id: string;
  readonly name?: string | null;
  readonly url?: string | null;
  readonly active?: boolean | null;
  readonly types?: readonly EventType[] | null;
  readonly model?: string | null;
}

type Changes = { readonly [K in 'name' | 'url' | 'active' | 'types' | 'model']?: Webhook[K] };

/** Changes the hook. One that is activated goes on from its place in the log, so that it gets what happened meanwhile. */
export async function updateWebhook(deps: WebhookDeps, actor: Actor, input: UpdateWebhookInput): Promise<Webhook> {
  requireRole(actor, 'ADMIN');
  requireModel(actor, null);
  const wishes = checked(input, deps.allowPrivateWebhooks === true);
  return deps.store.inTransaction(async (tx) => {
    const before = await lockedWebhook(tx, input.id);
    const changes = differing(before, wishes);
    const changed = Object.keys(changes);
    if (changed.length === 0) return before;
    if (changes.model != null) await foundModel(tx, actor, changes.model);
    const after: Webhook = { ...before, ...changes, ...consequences(changes, actor.name) };
    const refiltered = changes.types !== undefined || changes.model !== undefined;
    const { id, createdAt: _at, ...patch } = refiltered ? { ...after, seq: await settledSeq(tx, before) } : after;
    await tx.updateWebhook(id, patch);
    await tx.append(webhookEvent('WEBHOOK_UPDATED', after, { at: deps.now(), actor: actor.name }, { changed }));
    return { ...after, seq: patch.seq };
  });
}

function checked(input: UpdateWebhookInput, allowPrivate: boolean): Changes {
  const { name, url, active, types, model } = input;
  return {
    ...(name == null ? {} : { name: checkLabel(name, 'the name of the webhook', 100) }),
    ...(url == null ? {} : { url: checkWebhookUrl(url, allowPrivate) }),
    ...(active == null ? {} : { active }),
    ...(types === undefined ? {} : { types: types === null ? null : [...new Set(types)] }),
    ...(model === undefined ? {} : { model }),
  };
}

function differing(before: Webhook, wishes: Changes): Changes {
  const entries = Object.entries(wishes) as [keyof Changes, unknown][];
  return Object.fromEntries(entries.filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value)));
}

/** A new address, or another start, is given its whole time anew to answer. */
function consequences({ active, url }: Changes, actor: string): Partial<Webhook> {
  if (active === false) return { disabledReason: `deactivated by ${actor}` };
  if (active === true) return { disabledReason: null, failingSince: null };
  return url === undefined ? {} : { failingSince: null };
}

/**
 * Up to here the log holds nothing that the old filter would still deliver: what did not match it then does not match any later filter
 * either, so that nobody is sent a past that he had not asked for.
 */
async function settledSeq(tx: Tx, before: Webhook): Promise<number> {
  const { events, scannedTo } = await tx.events(webhookFilter(before), before.seq, 1);
  const [next] = events;
  return next === undefined ? scannedTo : next.seq - 1;
}
