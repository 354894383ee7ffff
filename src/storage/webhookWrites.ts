import { JuaraError } from '../domain/errors.js';
import type { WebhookAttempt, WebhookWrites } from '../ports.js';
import { definedOnly } from './definedOnly.js';
import type { Session } from './session.js';
import { sql } from './sql.js';
import { webhookLeases } from './webhookLeases.js';
import { secretsToRow, webhookFromRow, webhookToRow } from './webhookMapping.js';
import { WebhookRow } from './webhookRow.js';

export function webhookWrites(session: Session): WebhookWrites {
  return {
    ...webhookLeases(session),
    async lockWebhook(id) {
      const row = await lockedRow(session, id);
      return row === null ? null : webhookFromRow(row);
    },
    insertWebhook: (hook, secrets) =>
      session.insert(WebhookRow, [{ ...webhookToRow(hook), ...secretsToRow(secrets), lease_owner: null, lease_until: null }]),
    async updateWebhook(id, patch) {
      const row = (await lockedRow(session, id)) ?? missing(id);
      const after = webhookToRow({ ...webhookFromRow(row), ...definedOnly(patch) });
      await session.update(WebhookRow, { id }, row, { ...row, ...after });
    },
    async setWebhookSecrets(id, secrets) {
      const row = (await lockedRow(session, id)) ?? missing(id);
      await session.update(WebhookRow, { id }, row, { ...row, ...secretsToRow(secrets) });
    },
    recordWebhookAttempt: (attempt) => recordAttempt(session, attempt),
  };
}

/** The first attempt makes the row; the following ones count up, also those of a replay. */
function recordAttempt(
  session: Session,
  { webhook, seq, status, responseStatus, error, at, nextAttemptAt }: WebhookAttempt,
): Promise<void> {
  return session.run(sql`
    INSERT INTO webhook_deliveries
      (webhook, seq, status, attempts, response_status, error, first_attempt_at, last_attempt_at, next_attempt_at)
    VALUES (${webhook}, ${seq}, ${status}, 1, ${responseStatus}, ${error}, ${at}, ${at}, ${nextAttemptAt})
    ON CONFLICT (webhook, seq) DO UPDATE SET
      attempts = webhook_deliveries.attempts + 1, status = excluded.status, response_status = excluded.response_status,
      error = excluded.error, last_attempt_at = excluded.last_attempt_at, next_attempt_at = excluded.next_attempt_at`);
}

/** On PostgreSQL the weakest lock that excludes itself: deliveries that refer to the hook go on being written. */
async function lockedRow(session: Session, id: string): Promise<WebhookRow | null> {
  const lock = session.dialect === 'postgres' ? sql` FOR NO KEY UPDATE` : sql``;
  const [row] = await session.rows<WebhookRow>(sql`SELECT * FROM webhooks WHERE id = ${id}${lock}`);
  return row ?? null;
}

function missing(id: string): never {
  throw new JuaraError('WEBHOOK_NOT_FOUND', `there is no webhook ${JSON.stringify(id.slice(0, 100))}: \`juara webhook list\` shows them`);
}
