import { JuaraError } from '../domain/errors.js';
import type { EvidenceWrites } from '../ports.js';
import { BenchmarkRow } from './benchmarkRow.js';
import { databaseClock } from './databaseClock.js';
import { definedOnly } from './definedOnly.js';
import { EvaluationRow } from './evaluationRow.js';
import { benchmarkToRow, evaluationFromRow, evaluationToRow } from './evidenceMapping.js';
import type { Session } from './session.js';
import { type Sql, sql } from './sql.js';

export function evidenceWrites(session: Session): EvidenceWrites {
  return {
    insertBenchmark: (benchmark) => session.insert(BenchmarkRow, [benchmarkToRow(benchmark)]),
    countBenchmarkUse: (name) => session.run(sql`UPDATE benchmarks SET uses = uses + 1 WHERE name = ${name}`),
    insertEvaluation: (evaluation) =>
      session.insert(EvaluationRow, [
        { ...evaluationToRow(evaluation), settled: 0, lease_owner: null, lease_until: null } as EvaluationRow,
      ]),
    async updateEvaluation(id, patch) {
      const row = await locked(session, sql`id = ${id}`);
      if (row === null) throw new JuaraError('EVALUATION_NOT_FOUND', `there is no evaluation ${id}`);
      const before = evaluationFromRow(row);
      await session.update(EvaluationRow, { id }, row, { ...row, ...evaluationToRow({ ...before, ...definedOnly(patch) }) });
    },
    async lockEvaluation(id) {
      const row = await locked(session, sql`id = ${id}`);
      return row === null ? null : evaluationFromRow(row);
    },
    settleEvaluation: (id) => session.run(sql`UPDATE evaluations SET settled = 1 WHERE id = ${id}`),
    claimEvaluation: (owner, leaseMs, at) => claim(session, owner, leaseMs, at),
    async renewEvaluation(id, owner, leaseMs, progress) {
      const row = await locked(session, sql`id = ${id} AND status = 'RUNNING' AND lease_owner = ${owner}`);
      if (row === null) return false;
      const until = leaseUntil(session, leaseMs);
      await session.run(sql`UPDATE evaluations SET progress = ${progress}, lease_until = ${until} WHERE id = ${id}`);
      return true;
    },
  };
}

/** The one that has waited longest: queued, or given up by the process that had begun it. */
async function claim(session: Session, owner: string, leaseMs: number | null, at: number): ReturnType<EvidenceWrites['claimEvaluation']> {
  const now = databaseClock(session);
  const lost = leaseMs === null ? sql`lease_owner <> ${owner}` : sql`lease_until < ${now}`;
  const skip = session.dialect === 'postgres' ? sql` FOR NO KEY UPDATE SKIP LOCKED` : sql``;
  const [row] = await session.rows<EvaluationRow>(
    sql`SELECT * FROM evaluations WHERE status = 'QUEUED' OR (status = 'RUNNING' AND (lease_owner IS NULL OR ${lost})) ORDER BY ordinal LIMIT 1${skip}`,
  );
  if (row === undefined) return null;
  const until = leaseUntil(session, leaseMs);
  await session.run(
    sql`UPDATE evaluations SET status = 'RUNNING', progress = 0, started_at = ${at}, lease_owner = ${owner}, lease_until = ${until}
      WHERE id = ${row.id}`,
  );
  return evaluationFromRow({ ...row, status: 'RUNNING', progress: 0, started_at: at });
}

function leaseUntil(session: Session, leaseMs: number | null): Sql {
  return leaseMs === null ? sql`NULL` : sql`${databaseClock(session)} + ${leaseMs}`;
}

async function locked(session: Session, where: Sql): Promise<EvaluationRow | null> {
  const lock = session.dialect === 'postgres' ? sql` FOR NO KEY UPDATE` : sql``;
  const [row] = await session.rows<EvaluationRow>(sql`SELECT * FROM evaluations WHERE ${where}${lock}`);
  return row ?? null;
}
