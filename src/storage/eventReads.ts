import type { EventType } from '../domain/event.js';
import type { EventFilter, LogHead, Reads } from '../ports.js';
import { eventFromRow } from './eventMapping.js';
import { EventRow } from './eventRow.js';
import type { LogHeadRow } from './logHeadRow.js';
import { merged } from './merged.js';
import type { Session } from './session.js';
import { among, type Sql, sql } from './sql.js';

/** More reads than this for one page cost more than reading the log in order and leaving out what does not match. */
const MAX_BRANCHES = 50;
const BY_SEQ = sql`ORDER BY seq`;
const BY_SEQ_DOWN = sql`ORDER BY seq DESC`;

export function eventReads(session: Session): Pick<Reads, 'event' | 'events' | 'eventHistory' | 'head'> {
  const head = async (): Promise<LogHead> => {
    const [row] = await session.rows<LogHeadRow>(sql`SELECT * FROM log_head WHERE id = 1`);
    if (row === undefined) throw new Error('the database has no log head');
    return { registryId: row.registry_id, seq: row.seq, hash: row.hash };
  };
  return {
    head,
    async event(seq) {
      const row = await session.findOne(EventRow, { seq });
      return row === null ? null : eventFromRow(row);
    },
    async events(filter, afterSeq, limit) {
      // The head first: everything up to it is committed and visible, so that an event that is not found does not exist.
      const last = Math.max(afterSeq, (await head()).seq);
      const branches = branchesOf(filter).map(
        (branch) => sql`SELECT * FROM events WHERE ${branch} AND seq > ${afterSeq} AND seq <= ${last} ORDER BY seq LIMIT ${limit + 1}`,
      );
      const rows = branches.length === 0 ? [] : await session.rows<EventRow>(merged(branches, BY_SEQ, limit + 1));
      const events = rows.slice(0, limit).map(eventFromRow);
      const hasMore = rows.length > limit;
      return { events, scannedTo: hasMore ? (events.at(-1)?.seq ?? afterSeq) : last, hasMore };
    },
    async eventHistory(filter, beforeSeq, limit) {
      const end = await head();
      const before = Math.min(beforeSeq ?? Number.POSITIVE_INFINITY, end.seq + 1);
      const branches = branchesOf(filter).map(
        (branch) => sql`SELECT * FROM events WHERE ${branch} AND seq < ${before} ORDER BY seq DESC LIMIT ${limit + 1}`,
      );
      const rows = branches.length === 0 ? [] : await session.rows<EventRow>(merged(branches, BY_SEQ_DOWN, limit + 1));
      return { events: rows.slice(0, limit).map(eventFromRow), head: end, hasMore: rows.length > limit };
    },
  };
}

/** One condition for each model and type that the filter names, so that an index leads straight to the next event of each. */
function branchesOf({ model, models, types }: EventFilter): Sql[] {
  const wanted = model == null ? (models ?? null) : models == null || models.includes(model) ? [model] : [];
  const byModel = wanted === null ? [sql`1 = 1`] : [...new Set(wanted)].map((one) => sql`model = ${one}`);
  const byType = types == null ? [sql`1 = 1`] : [...new Set<EventType>(types)].map((one) => sql`type = ${one}`);
  if (byModel.length * byType.length > MAX_BRANCHES) return [sql`${among(sql`model`, wanted)} AND ${among(sql`type`, types)}`];
  return byModel.flatMap((m) => byType.map((t) => sql`${m} AND ${t}`));
}
