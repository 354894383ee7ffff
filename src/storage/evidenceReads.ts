import { decodeKey } from '../domain/page.js';
import type { EvidenceReads } from '../ports.js';
import { BenchmarkRow } from './benchmarkRow.js';
import { EvaluationRow } from './evaluationRow.js';
import { benchmarkFromRow, evaluationFromRow } from './evidenceMapping.js';
import { limitOf, pageOf } from './pageOf.js';
import type { Session } from './session.js';
import { sql } from './sql.js';

export function evidenceReads(session: Session): EvidenceReads {
  return {
    async benchmark(name) {
      const row = await session.findOne(BenchmarkRow, { name });
      return row === null ? null : benchmarkFromRow(row);
    },
    async benchmarkPage({ first, after }) {
      const limit = limitOf(first);
      const beyond = after === null ? sql`1 = 1` : sql`name > ${decodeKey(after, ['string'])[0]}`;
      const rows = await session.rows<BenchmarkRow>(sql`SELECT * FROM benchmarks WHERE ${beyond} ORDER BY name LIMIT ${limit}`);
      return pageOf(rows, first, benchmarkFromRow, (row) => [row.name]);
    },
    async evaluation(id) {
      const row = await session.findOne(EvaluationRow, { id });
      return row === null ? null : evaluationFromRow(row);
    },
    async evaluationsOf(model, version, limit) {
      const rows = await session.rows<EvaluationRow>(
        sql`SELECT * FROM evaluations WHERE model = ${model} AND version = ${version} ORDER BY ordinal DESC LIMIT ${limit}`,
      );
      return rows.map(evaluationFromRow);
    },
    async latestEvaluation(model, version, benchmark, status) {
      const [row] = await session.rows<EvaluationRow>(
        sql`SELECT * FROM evaluations WHERE model = ${model} AND version = ${version} AND benchmark = ${benchmark} AND status = ${status}
          ORDER BY ordinal DESC LIMIT 1`,
      );
      return row === undefined ? null : evaluationFromRow(row);
    },
    async isMeasured(model) {
      const [row] = await session.rows(
        sql`SELECT id FROM evaluations WHERE model = ${model} AND status IN ('QUEUED', 'RUNNING', 'SUCCEEDED') LIMIT 1`,
      );
      return row !== undefined;
    },
    async unsettledEvaluations() {
      const rows = await session.rows<EvaluationRow>(
        sql`SELECT * FROM evaluations WHERE status = 'SUCCEEDED' AND settled = 0 ORDER BY ordinal`,
      );
      return rows.map(evaluationFromRow);
    },
    async triedCandidates(model, champion, benchmark, except) {
      const [row] = await session.rows<{ n: number | string }>(
        sql`SELECT COUNT(DISTINCT candidate) AS n FROM decisions
          WHERE model = ${model} AND champion = ${champion} AND benchmark = ${benchmark} AND candidate <> ${except}`,
      );
      return Number(row?.n ?? 0);
    },
  };
}
