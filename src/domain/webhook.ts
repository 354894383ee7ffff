import { randomBytes } from 'node:crypto';
import { JuaraError } from './errors.js';
import type { EventType } from './event.js';
import type { Millis } from './records.js';

/** A receiver outside that the log is delivered to. Its secrets are apart from it, so that no list can show them. */
export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Only these events; null: all. */
  readonly types: readonly EventType[] | null;
  /** Only events of this model; null: of any, and of none. */
  readonly model: string | null;
  readonly active: boolean;
  /** Every event up to this seq has been delivered, or does not match. */
  readonly seq: number;
  readonly createdAt: Millis;
  /** Time of the first failure since the last success; null: the last attempt succeeded, or there was none. */
  readonly failingSince: Millis | null;
  /** Why it is not active; null while it is. */
  readonly disabledReason: string | null;
}

/** What deliveries are signed with. They must be read again for that, so storage keeps them as they are. */
export interface WebhookSecrets {
  readonly current: string;
  /** The one before the last rotation: deliveries carry its signature too until `previousUntil`. */
  readonly previous: string | null;
  readonly previousUntil: Millis | null;
}

/** PENDING: failed so far and tried again; DELIVERED: answered with 2xx; FAILED: the hook was deactivated over it. */
export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

/** One event's way to one hook, all attempts together. */
export interface WebhookDelivery {
  readonly webhook: string;
  readonly seq: number;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** HTTP status of the last attempt; null: there was no answer. */
  readonly responseStatus: number | null;
  /** What went wrong at the last attempt; null: nothing. */
  readonly error: string | null;
  readonly firstAttemptAt: Millis;
  readonly lastAttemptAt: Millis;
  readonly nextAttemptAt: Millis | null;
}

const PREFIX = 'whsec_';
/** Bounds of a symmetric secret in bytes (Standard Webhooks, "Webhook signatures"). */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;
const NEW_BYTES = 32;

export function newWebhookSecret(): string {
  return PREFIX + randomBytes(NEW_BYTES).toString('base64');
}

/** A secret that the receiver has chosen: `whsec_` and the base64 of 24 to 64 bytes. The refusal does not repeat it. */
export function checkWebhookSecret(secret: string): string {
  const body = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const bytes = Buffer.from(body, 'base64');
  // Node skips what is no base64: only a text that comes back as it was is one.
  if (bytes.toString('base64') === body && bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES) return secret;
  throw new JuaraError(
    'INVALID_INPUT',
    `the secret is not whsec_ and the base64 of ${LEAST_BYTES} to ${MOST_BYTES} random bytes: leave it out`,
  );
}

/** The secrets that count at this moment, the newest first. */
export function secretsInForce({ current, previous, previousUntil }: WebhookSecrets, now: Millis): readonly string[] {
  return previous !== null && previousUntil !== null && previousUntil > now ? [current, previous] : [current];
}

/** The filter of the events that the hook wants. */
export function webhookFilter({ types, model }: Pick<Webhook, 'types' | 'model'>): Pick<Webhook, 'types' | 'model'> {
  return { types, model };
}
