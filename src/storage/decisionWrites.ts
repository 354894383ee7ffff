import type { Decision } from '../domain/decision.js';
import { JuaraError } from '../domain/errors.js';
import type { Tx } from '../ports.js';
import { decisionToRow } from './decisionMapping.js';
import { DecisionRow } from './decisionRow.js';
import { toJson } from './jsonColumn.js';
import type { Session } from './session.js';
import { sql } from './sql.js';

export function decisionWrites(session: Session): Pick<Tx, 'insertDecision' | 'answerDecision'> {
  return {
    async insertDecision(decision) {
      await session.insert(DecisionRow, [decisionToRow(decision)]);
      await count(session, decision);
    },
    async answerDecision(id, answer) {
      const [row] = await session.rows<Pick<DecisionRow, 'answer'>>(sql`SELECT answer FROM decisions WHERE id = ${id}`);
      if (row === undefined) throw new JuaraError('DECISION_NOT_FOUND', `there is no decision ${id}`);
      if (row.answer !== null) throw new JuaraError('DECISION_CLOSED', `decision ${id} has been answered already`);
      const { kind, by, at, reason } = answer;
      await session.run(sql`UPDATE decisions SET answer = ${toJson({ kind, by, at, reason })}, awaiting = 0 WHERE id = ${id}`);
    },
  };
}

async function count(session: Session, { model, applied, at }: Decision): Promise<void> {
  await session.run(
    sql`INSERT INTO decision_counts (model, total, applied, last_at) VALUES (${model}, 1, ${applied ? 1 : 0}, ${at})
      ON CONFLICT (model) DO UPDATE SET total = decision_counts.total + 1, applied = decision_counts.applied + excluded.applied,
      last_at = CASE WHEN excluded.last_at > decision_counts.last_at THEN excluded.last_at ELSE decision_counts.last_at END`,
  );
}
