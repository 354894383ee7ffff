import type { Webhook, WebhookDelivery, WebhookSecrets } from '../domain/webhook.js';
import { fromJsonOrNull, toJsonOrNull } from './jsonColumn.js';
import type { WebhookDeliveryRow } from './webhookDeliveryRow.js';
import type { WebhookRow } from './webhookRow.js';

type SecretColumns = Pick<WebhookRow, 'secret' | 'previous_secret' | 'previous_until'>;
type OwnColumns = Omit<WebhookRow, keyof SecretColumns | 'lease_owner' | 'lease_until'>;

export function webhookToRow(hook: Webhook): OwnColumns {
  return {
    id: hook.id,
    name: hook.name,
    url: hook.url,
    types: toJsonOrNull(hook.types),
    model: hook.model,
    active: hook.active ? 1 : 0,
    seq: hook.seq,
    created_at: hook.createdAt,
    failing_since: hook.failingSince,
    disabled_reason: hook.disabledReason,
  };
}

/** Neither secrets nor lease: what a list of hooks may show. */
export function webhookFromRow(row: OwnColumns): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    types: fromJsonOrNull(row.types),
    model: row.model,
    active: row.active === 1,
    seq: row.seq,
    createdAt: row.created_at,
    failingSince: row.failing_since,
    disabledReason: row.disabled_reason,
  };
}

export function secretsToRow(secrets: WebhookSecrets): SecretColumns {
  return { secret: secrets.current, previous_secret: secrets.previous, previous_until: secrets.previousUntil };
}

export function secretsFromRow(row: SecretColumns): WebhookSecrets {
  return { current: row.secret, previous: row.previous_secret, previousUntil: row.previous_until };
}

export function deliveryFromRow(row: WebhookDeliveryRow): WebhookDelivery {
  return {
    webhook: row.webhook,
    seq: row.seq,
    status: row.status,
    attempts: row.attempts,
    responseStatus: row.response_status,
    error: row.error,
    firstAttemptAt: row.first_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.next_attempt_at,
  };
}
