import { decodeKey } from '../domain/page.js';
import type { Reads } from '../ports.js';
import { limitOf, pageOf } from './pageOf.js';
import { policyFromRow } from './policyMapping.js';
import type { PolicyRow } from './policyRow.js';
import type { Session } from './session.js';
import { sql } from './sql.js';

export function policyReads(session: Session): Pick<Reads, 'policy' | 'policyPage'> {
  return {
    async policy(model, revision) {
      const named = revision === undefined ? sql`1 = 1` : sql`revision = ${revision}`;
      const [row] = await session.rows<PolicyRow>(
        sql`SELECT * FROM policies WHERE model = ${model} AND ${named} ORDER BY revision DESC LIMIT 1`,
      );
      return row === undefined ? null : policyFromRow(row);
    },
    async policyPage(model, { first, after }) {
      const limit = limitOf(first);
      const before = after === null ? sql`1 = 1` : sql`revision < ${decodeKey(after, ['number'])[0]}`;
      const rows = await session.rows<PolicyRow>(
        sql`SELECT * FROM policies WHERE model = ${model} AND ${before} ORDER BY revision DESC LIMIT ${limit}`,
      );
      return pageOf(rows, first, policyFromRow, (row) => [row.revision]);
    },
  };
}
