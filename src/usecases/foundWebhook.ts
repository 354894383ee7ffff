import { JuaraError } from '../domain/errors.js';
import type { Webhook } from '../domain/webhook.js';
import type { Reads, Tx } from '../ports.js';

function missing(id: string): never {
  throw new JuaraError('WEBHOOK_NOT_FOUND', `there is no webhook ${JSON.stringify(id.slice(0, 100))}: \`juara webhook list\` shows them`);
}

/** The hook, or WEBHOOK_NOT_FOUND. */
export async function foundWebhook(reads: Reads, id: string): Promise<Webhook> {
  return (await reads.webhook(id)) ?? missing(id);
}

/** The hook with its row locked until the transaction ends: every change of a hook begins here. */
export async function lockedWebhook(tx: Tx, id: string): Promise<Webhook> {
  return (await tx.lockWebhook(id)) ?? missing(id);
}
