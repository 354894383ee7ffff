import type { Reads } from '../ports.js';
import type { DecisionCountRow } from './decisionCountRow.js';
import type { EventRow } from './eventRow.js';
import { fromJson } from './jsonColumn.js';
import { modelFromRow } from './modelMapping.js';
import type { ModelRow } from './modelRow.js';
import type { Session } from './session.js';
import { sql } from './sql.js';

/** Nulls where no decision was taken, and where nobody is champion. */
type Joined = ModelRow & { readonly [K in keyof Pick<DecisionCountRow, 'total' | 'applied' | 'last_at'>]: number | null } & {
  readonly event_type: EventRow['type'] | null;
  readonly event_data: string | null;
};

export function standingReads(session: Session): Pick<Reads, 'standing'> {
  return {
    async standing(name) {
      const [row] = await session.rows<Joined>(
        sql`SELECT m.*, d.total, d.applied, d.last_at, e.type AS event_type, e.data AS event_data
          FROM models m LEFT JOIN decision_counts d ON d.model = m.name
          LEFT JOIN reigns r ON r.model = m.name AND r.until_at IS NULL LEFT JOIN events e ON e.seq = r.event_seq
          WHERE m.name = ${name}`,
      );
      if (row === undefined) return null;
      const { event_type: type, event_data: data } = row;
      return {
        model: modelFromRow(row),
        decisions: { all: row.total ?? 0, applied: row.applied ?? 0, last: row.last_at },
        crowning: type === null || data === null ? null : { type, data: fromJson(data) },
      };
    },
  };
}
