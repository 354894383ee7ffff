import { type Actor, requireModel, requireRole } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { checkWebhookSecret, newWebhookSecret, type Webhook } from '../domain/webhook.js';
import type { Deps } from '../ports.js';
import { lockedWebhook } from './foundWebhook.js';
import { webhookEvent } from './webhookEvent.js';

const HOUR = 3_600_000;
const MOST_HOURS = 168;

export interface RotateWebhookSecretInput {
  readonly id: string;
  readonly secret?: string | null;
  /** How long deliveries carry the old secret's signature beside the new one's; 0 ends it at once. */
  readonly overlapHours: number;
}

/** Gives the hook another secret; the answer shows it, and nothing does afterwards. */
export async function rotateWebhookSecret(
  deps: Pick<Deps, 'store' | 'now'>,
  actor: Actor,
  input: RotateWebhookSecretInput,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  requireRole(actor, 'ADMIN');
  requireModel(actor, null);
  const { overlapHours } = input;
  if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > MOST_HOURS) {
    throw new JuaraError('INVALID_INPUT', `overlapHours is ${overlapHours}: it is a whole number from 0 to ${MOST_HOURS}`);
  }
  const secret = input.secret == null ? newWebhookSecret() : checkWebhookSecret(input.secret);
  const webhook = await deps.store.inTransaction(async (tx) => {
    const hook = await lockedWebhook(tx, input.id);
    const before = await tx.webhookSecrets(hook.id);
    const now = deps.now();
    const overlap = overlapHours > 0 && before !== null;
    const kept = overlap ? { previous: before.current, previousUntil: now + overlapHours * HOUR } : { previous: null, previousUntil: null };
    await tx.setWebhookSecrets(hook.id, { current: secret, ...kept });
    await tx.append(webhookEvent('WEBHOOK_UPDATED', hook, { at: now, actor: actor.name }, { changed: ['secret'] }));
    return hook;
  });
  return { webhook, secret };
}
