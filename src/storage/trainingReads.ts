import { decodeKey } from '../domain/page.js';
import type { TrainingEventStatus } from '../domain/records.js';
import type { Reads } from '../ports.js';
import { merged } from './merged.js';
import { limitOf, pageOf } from './pageOf.js';
import type { Session } from './session.js';
import { among, chunks, type Sql, sql } from './sql.js';
import type { TrainingEventRow } from './trainingEventRow.js';
import { trainingFromRow } from './trainingMapping.js';

type TrainingReads = Pick<Reads, 'trainingPage' | 'trainingCount' | 'trainingEvents' | 'trainingEventsUsedBy'>;

const STATUSES: readonly TrainingEventStatus[] = ['PENDING', 'VALIDATED', 'RESERVED', 'CONSUMED', 'DISCARDED'];
const BY_DATE = sql`ORDER BY date, event_id`;

export function trainingReads(session: Session): TrainingReads {
  return {
    async trainingPage(model, status, { first, after }) {
      const limit = limitOf(first);
      const branches = [...new Set(status ?? STATUSES)].map(
        (one) =>
          sql`SELECT * FROM training_events WHERE model = ${model} AND status = ${one} AND ${behind(after)} ${BY_DATE} LIMIT ${limit}`,
      );
      const rows = branches.length === 0 ? [] : await session.rows<TrainingEventRow>(merged(branches, BY_DATE, limit));
      return pageOf(rows, first, trainingFromRow, (row) => [row.date, row.event_id]);
    },
    async trainingCount(model, status) {
      const [row] = await session.rows<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM training_events WHERE model = ${model} AND ${among(sql`status`, status)}`,
      );
      return row?.n ?? 0;
    },
    async trainingEvents(model, eventIds) {
      const found = await Promise.all(
        chunks(eventIds).map((some) =>
          session.rows<TrainingEventRow>(sql`SELECT * FROM training_events WHERE model = ${model} AND ${among(sql`event_id`, some)}`),
        ),
      );
      return found.flat().map(trainingFromRow);
    },
    async trainingEventsUsedBy(model, version) {
      const rows = await session.rows<TrainingEventRow>(
        sql`SELECT * FROM training_events WHERE model = ${model} AND used_by = ${version} ${BY_DATE}`,
      );
      return rows.map(trainingFromRow);
    },
  };
}

function behind(after: string | null): Sql {
  if (after === null) return sql`1 = 1`;
  const [date, eventId] = decodeKey(after, ['string', 'string']);
  return sql`(date, event_id) > (${date}, ${eventId})`;
}
