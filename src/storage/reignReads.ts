import { decodeKey } from '../domain/page.js';
import type { Reads } from '../ports.js';
import { limitOf, pageOf } from './pageOf.js';
import { reignFromRow } from './reignMapping.js';
import type { ReignRow } from './reignRow.js';
import type { Session } from './session.js';
import { type Sql, sql } from './sql.js';

const NEWEST_FIRST = sql`ORDER BY from_at DESC, event_seq DESC, version DESC`;

export function reignReads(session: Session): Pick<Reads, 'reignAt' | 'reignPage'> {
  return {
    async reignAt(model, at) {
      // A reign of no length (two changes in one millisecond) held at no instant.
      const [row] = await session.rows<ReignRow>(
        sql`SELECT * FROM reigns WHERE model = ${model} AND from_at <= ${at} AND (until_at IS NULL OR until_at > ${at})
          ${NEWEST_FIRST} LIMIT 1`,
      );
      return row === undefined ? null : reignFromRow(row);
    },
    async reignPage(model, { first, after }) {
      const limit = limitOf(first);
      const rows = await session.rows<ReignRow>(
        sql`SELECT * FROM reigns WHERE model = ${model} AND ${before(after)} ${NEWEST_FIRST} LIMIT ${limit}`,
      );
      return pageOf(rows, first, reignFromRow, (row) => [row.from_at, row.event_seq, row.version]);
    },
  };
}

function before(after: string | null): Sql {
  if (after === null) return sql`1 = 1`;
  const [from, seq, version] = decodeKey(after, ['number', 'number', 'string']);
  return sql`(from_at, event_seq, version) < (${from}, ${seq}, ${version})`;
}
