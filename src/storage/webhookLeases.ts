import type { WebhookWrites } from '../ports.js';
import { databaseClock } from './databaseClock.js';
import type { Session } from './session.js';
import { type Sql, sql } from './sql.js';

type WebhookLeases = Pick<WebhookWrites, 'claimWebhooks' | 'releaseWebhooks' | 'advanceWebhook'>;

/** Who delivers to which hook. A lease runs out by the database's clock, so that the nodes' clocks may differ. */
export function webhookLeases(session: Session): WebhookLeases {
  const now = databaseClock(session);
  return {
    async claimWebhooks(owner, leaseMs) {
      const until = leaseMs === null ? sql`NULL` : sql`${now} + ${leaseMs}`;
      const free = sql`(lease_owner IS NULL OR lease_owner = ${owner} OR lease_until IS NULL OR lease_until < ${now})`;
      const claimable = leaseMs === null ? sql`1 = 1` : free;
      await session.run(
        sql`UPDATE webhooks SET lease_owner = ${owner}, lease_until = ${until} WHERE active = 1 AND ${claimable} AND ${stale(owner, leaseMs)}`,
      );
      const held = await session.rows<{ id: string }>(sql`SELECT id FROM webhooks WHERE active = 1 AND lease_owner = ${owner} ORDER BY id`);
      return held.map(({ id }) => id);
    },
    releaseWebhooks: (owner) => session.run(sql`UPDATE webhooks SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ${owner}`),
    async advanceWebhook(id, owner, from, to) {
      const here = sql`id = ${id} AND lease_owner = ${owner} AND active = 1 AND seq = ${from}`;
      const lock = session.dialect === 'postgres' ? sql` FOR NO KEY UPDATE` : sql``;
      const [row] = await session.rows(sql`SELECT id FROM webhooks WHERE ${here}${lock}`);
      if (row === undefined) return false;
      await session.run(sql`UPDATE webhooks SET seq = ${to}, failing_since = NULL WHERE id = ${id}`);
      return true;
    },
  };
}

/** A lease that never runs out is written once; one that does is renewed at each claim. */
function stale(owner: string, leaseMs: number | null): Sql {
  return leaseMs === null ? sql`(lease_owner IS NULL OR lease_owner <> ${owner})` : sql`1 = 1`;
}
