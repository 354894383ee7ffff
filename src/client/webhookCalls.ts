import type { Connection } from './connection.js';
import { operation } from './operation.js';
import { PAGE_INFO, type Page, type PageOptions } from './page.js';
import type { CreateWebhookInput, RotateWebhookSecretOptions, UpdateWebhookInput, Webhook, WebhookDelivery } from './webhook.js';

const FIELDS = 'id name url types model active seq cursor createdAt failingSince disabledReason';
const DELIVERY_FIELDS = 'seq status attempts responseStatus error firstAttemptAt lastAttemptAt nextAttemptAt';

/** The secret is shown this once. */
export interface WebhookWithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

const LIST = operation<{ webhooks: Webhook[] }, Record<string, never>>(`query Webhooks { webhooks { ${FIELDS} } }`);
const ONE = operation<{ webhook: Webhook | null }, { id: string }>(`query Webhook($id: ID!) { webhook(id: $id) { ${FIELDS} } }`);
const DELIVERIES = operation<{ webhook: { deliveries: Page<WebhookDelivery> } | null }, { id: string } & PageOptions>(
  `query WebhookDeliveries($id: ID!, $first: Int, $after: String) {
    webhook(id: $id) { deliveries(first: $first, after: $after) { nodes { ${DELIVERY_FIELDS} } ${PAGE_INFO} } }
  }`,
);
const CREATE = operation<{ createWebhook: WebhookWithSecret }, { input: CreateWebhookInput }>(
  `mutation CreateWebhook($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { ${FIELDS} } secret } }`,
);
const UPDATE = operation<{ updateWebhook: Webhook }, { input: UpdateWebhookInput }>(
  `mutation UpdateWebhook($input: UpdateWebhookInput!) { updateWebhook(input: $input) { ${FIELDS} } }`,
);
const ROTATE = operation<{ rotateWebhookSecret: WebhookWithSecret }, { id: string } & RotateWebhookSecretOptions>(
  `mutation RotateWebhookSecret($id: ID!, $secret: String, $overlapHours: Int) {
    rotateWebhookSecret(id: $id, secret: $secret, overlapHours: $overlapHours) { webhook { ${FIELDS} } secret }
  }`,
);
const REPLAY = operation<{ replayWebhook: Webhook }, { id: string; after: string }>(
  `mutation ReplayWebhook($id: ID!, $after: Cursor!) { replayWebhook(id: $id, after: $after) { ${FIELDS} } }`,
);

/** All of them take ADMIN. */
export interface WebhookCalls {
  getWebhooks(): Promise<readonly Webhook[]>;
  /** Null where there is none of this id. */
  getWebhook(id: string): Promise<Webhook | null>;
  /** What was sent to it, latest event first; null where there is no such webhook. */
  getWebhookDeliveries(id: string, options?: PageOptions): Promise<Page<WebhookDelivery> | null>;
  createWebhook(input: CreateWebhookInput): Promise<WebhookWithSecret>;
  updateWebhook(input: UpdateWebhookInput): Promise<Webhook>;
  rotateWebhookSecret(id: string, options?: RotateWebhookSecretOptions): Promise<WebhookWithSecret>;
  /** Delivers what follows the cursor, again where it had been delivered; '' is the beginning of the log. */
  replayWebhook(id: string, after: string): Promise<Webhook>;
}

export function webhookCalls({ query }: Connection): WebhookCalls {
  return {
    getWebhooks: async () => (await query(LIST)).webhooks,
    getWebhook: async (id) => (await query(ONE, { id })).webhook,
    getWebhookDeliveries: async (id, { first = 20, after = null } = {}) =>
      (await query(DELIVERIES, { id, first, after })).webhook?.deliveries ?? null,
    createWebhook: async (input) => (await query(CREATE, { input })).createWebhook,
    updateWebhook: async (input) => (await query(UPDATE, { input })).updateWebhook,
    rotateWebhookSecret: async (id, options = {}) => (await query(ROTATE, { id, ...options })).rotateWebhookSecret,
    replayWebhook: async (id, after) => (await query(REPLAY, { id, after })).replayWebhook,
  };
}
