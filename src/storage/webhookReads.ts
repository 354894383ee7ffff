import { decodeKey } from '../domain/page.js';
import type { WebhookReads } from '../ports.js';
import { limitOf, pageOf } from './pageOf.js';
import type { Session } from './session.js';
import { sql } from './sql.js';
import type { WebhookDeliveryRow } from './webhookDeliveryRow.js';
import { deliveryFromRow, secretsFromRow, webhookFromRow } from './webhookMapping.js';
import { WebhookRow } from './webhookRow.js';

export function webhookReads(session: Session): WebhookReads {
  return {
    async webhook(id) {
      const row = await session.findOne(WebhookRow, { id });
      return row === null ? null : webhookFromRow(row);
    },
    async webhooks() {
      const rows = await session.rows<WebhookRow>(sql`SELECT * FROM webhooks ORDER BY created_at, id`);
      return rows.map(webhookFromRow);
    },
    async webhookSecrets(id) {
      const row = await session.findOne(WebhookRow, { id });
      return row === null ? null : secretsFromRow(row);
    },
    async webhookDeliveries(webhook, { first, after }) {
      const limit = limitOf(first);
      const before = after === null ? sql`1 = 1` : sql`seq < ${decodeKey(after, ['number'])[0]}`;
      const rows = await session.rows<WebhookDeliveryRow>(
        sql`SELECT * FROM webhook_deliveries WHERE webhook = ${webhook} AND ${before} ORDER BY seq DESC LIMIT ${limit}`,
      );
      return pageOf(rows, first, deliveryFromRow, (row) => [row.seq]);
    },
  };
}
