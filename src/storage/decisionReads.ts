import { decodeKey } from '../domain/page.js';
import type { Reads } from '../ports.js';
import { decisionFromRow } from './decisionMapping.js';
import { DecisionRow } from './decisionRow.js';
import { limitOf, pageOf } from './pageOf.js';
import type { Session } from './session.js';
import { type Sql, sql } from './sql.js';

type DecisionReads = Pick<Reads, 'decision' | 'decisionPage' | 'awaitingDecisions'>;

export function decisionReads(session: Session): DecisionReads {
  return {
    async decision(id) {
      const row = await session.findOne(DecisionRow, { id });
      return row === null ? null : decisionFromRow(row);
    },
    async decisionPage(model, { first, after }) {
      const limit = limitOf(first);
      const rows = await session.rows<DecisionRow>(
        sql`SELECT * FROM decisions WHERE model = ${model} AND ${before(after)} ORDER BY at DESC, ordinal DESC LIMIT ${limit}`,
      );
      return pageOf(rows, first, decisionFromRow, (row) => [row.at, row.ordinal]);
    },
    async awaitingDecisions(model, candidate) {
      const of = candidate === null ? sql`1 = 1` : sql`candidate = ${candidate}`;
      const rows = await session.rows<DecisionRow>(
        sql`SELECT * FROM decisions WHERE model = ${model} AND awaiting = 1 AND ${of} ORDER BY ordinal`,
      );
      return rows.map(decisionFromRow);
    },
  };
}

function before(after: string | null): Sql {
  if (after === null) return sql`1 = 1`;
  const [at, ordinal] = decodeKey(after, ['number', 'number']);
  return sql`(at, ordinal) < (${at}, ${ordinal})`;
}
