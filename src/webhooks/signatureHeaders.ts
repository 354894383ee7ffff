import { Webhook } from 'standardwebhooks';
import type { Message } from './cloudEvent.js';

/** Headers by Standard Webhooks 1.0: the signatures of all secrets in force, so that a receiver may change over in its own time. */
export function signatureHeaders({ id, body }: Message, secrets: readonly string[], at: number): Record<string, string> {
  const time = new Date(at);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, time, body)).join(' '),
  };
}
