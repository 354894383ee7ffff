import { eventHash, type StoredEvent } from '../domain/event.js';
import type { Tx } from '../ports.js';
import { eventToRow } from './eventMapping.js';
import { EventRow } from './eventRow.js';
import type { LogHeadRow } from './logHeadRow.js';
import type { Session } from './session.js';
import { sql } from './sql.js';

/** Where PostgreSQL tells other nodes of commits; what is said there is the seq. */
export const LOG_CHANNEL = 'juara_events';

export function eventWrites(session: Session, appended: (event: StoredEvent) => void): Pick<Tx, 'append'> {
  return {
    async append({ type, at, actor, model, data }) {
      const head = session.memory?.logEnd ?? (await lockedHead(session));
      const numbered = { seq: head.seq + 1, type, at, actor, model, data };
      const event: StoredEvent = { ...numbered, hash: eventHash(head.hash, numbered) };
      await session.insert(EventRow, [eventToRow(event)]);
      await session.run(sql`UPDATE log_head SET seq = ${event.seq}, hash = ${event.hash} WHERE id = 1`);
      if (session.memory !== null) session.memory.logEnd = { seq: event.seq, hash: event.hash };
      appended(event);
      return event;
    },
  };
}

/** Once for each transaction that appended: the notification leaves with its commit, or not at all. */
export async function notifyAppended(session: Session, seq: number): Promise<void> {
  if (session.dialect === 'postgres') await session.run(sql`SELECT pg_notify(${LOG_CHANNEL}, ${String(seq)})`);
}

/** Orders all transactions that append. On SQLite the transaction holds the write lock from its beginning. */
async function lockedHead(session: Session): Promise<LogHeadRow> {
  const lock = session.dialect === 'postgres' ? sql`FOR UPDATE` : sql``;
  const [head] = await session.rows<LogHeadRow>(sql`SELECT * FROM log_head WHERE id = 1 ${lock}`);
  if (head === undefined) throw new Error('the database has no log head');
  return head;
}
