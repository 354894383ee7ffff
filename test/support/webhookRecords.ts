import type { Webhook, WebhookSecrets } from '../../src/domain/webhook.js';

export const SECRETS: WebhookSecrets = {
  current: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  previous: `whsec_${Buffer.alloc(32, 2).toString('base64')}`,
  previousUntil: 1_770_000_000_000,
};

/** A hook with every field set to something. */
export function aWebhook(id: string, patch: Partial<Webhook> = {}): Webhook {
  return {
    id,
    name: `Hook ${id}`,
    url: 'https://hooks.example.org/in?token=t',
    types: ['PROMOTED', 'ROLLED_BACK'],
    model: 'm',
    active: true,
    seq: 3,
    createdAt: 1_000,
    failingSince: null,
    disabledReason: null,
    ...patch,
  };
}
