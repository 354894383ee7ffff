export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Null: all. */
  readonly types: readonly string[] | null;
  /** Null: of any model, and of none. */
  readonly model: string | null;
  readonly active: boolean;
  /** Its place in the log, as a number and as a cursor. */
  readonly seq: number;
  readonly cursor: string;
  readonly createdAt: string;
  /** First failure since the last success; null: it is not failing. */
  readonly failingSince: string | null;
  readonly disabledReason: string | null;
}

/** One event's way to one webhook, all attempts together. */
export interface WebhookDelivery {
  readonly seq: number;
  readonly status: 'PENDING' | 'DELIVERED' | 'FAILED';
  readonly attempts: number;
  readonly responseStatus: number | null;
  readonly error: string | null;
  readonly firstAttemptAt: string;
  readonly lastAttemptAt: string;
  readonly nextAttemptAt: string | null;
}

export interface CreateWebhookInput {
  readonly name: string;
  readonly url: string;
  readonly types?: readonly string[];
  readonly model?: string;
  /** whsec_ and the base64 of 24 to 64 random bytes; left out: the server makes one. */
  readonly secret?: string;
  /** Events after this cursor; '' is the beginning of the log; left out: from now on. */
  readonly after?: string;
}

/** What is left out stays as it is; null for `types` and `model` means all. */
export interface UpdateWebhookInput {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly active?: boolean;
  readonly types?: readonly string[] | null;
  readonly model?: string | null;
}

export interface RotateWebhookSecretOptions {
  readonly secret?: string;
  /** How long the old secret signs too, 0 to 168 hours; 24 where it is left out. */
  readonly overlapHours?: number;
}
