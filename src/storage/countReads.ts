import type { PipelineHistory } from '../domain/records.js';
import type { Reads, RegistryCounts } from '../ports.js';
import { fromJson } from './jsonColumn.js';
import type { Session } from './session.js';
import { among, sql } from './sql.js';

/** SUM is null over nothing, and text on PostgreSQL. */
type CountRow = { readonly [K in Exclude<keyof RegistryCounts, 'lastDecision'>]: number | string | null } & { lastDecision: number | null };

export function countReads(session: Session): Pick<Reads, 'counts' | 'importedRuns'> {
  return {
    async counts(models) {
      const of = among(sql`model`, models);
      const [row] = await session.rows<CountRow>(sql`SELECT
        (SELECT COUNT(*) FROM models WHERE ${among(sql`name`, models)}) AS "models",
        (SELECT SUM(n) FROM version_counts WHERE ${of}) AS "versions",
        (SELECT SUM(n) FROM version_counts WHERE ${of} AND status = 'ARCHIVED') AS "archived",
        (SELECT COUNT(*) FROM training_events WHERE ${of} AND status = 'VALIDATED') AS "validatedEvents",
        (SELECT SUM(total) FROM decision_counts WHERE ${of}) AS "decisions",
        (SELECT SUM(applied) FROM decision_counts WHERE ${of}) AS "applied",
        (SELECT MAX(last_at) FROM decision_counts WHERE ${of}) AS "lastDecision"`);
      return {
        models: Number(row?.models ?? 0),
        versions: Number(row?.versions ?? 0),
        archived: Number(row?.archived ?? 0),
        validatedEvents: Number(row?.validatedEvents ?? 0),
        decisions: Number(row?.decisions ?? 0),
        applied: Number(row?.applied ?? 0),
        lastDecision: row?.lastDecision ?? null,
      };
    },
    async importedRuns(models) {
      const rows = await session.rows<{ history: string }>(
        sql`SELECT history FROM models WHERE history IS NOT NULL AND ${among(sql`name`, models)}`,
      );
      const histories = rows.map((row) => fromJson<PipelineHistory>(row.history));
      const sum = (of: (history: PipelineHistory) => number): number => histories.reduce((total, history) => total + of(history), 0);
      const ends = histories.map((history) => history.lastRun).filter((at) => at !== null);
      return {
        total: sum((history) => history.totalRuns),
        successful: sum((history) => history.successfulUpdates),
        failed: sum((history) => history.failedUpdates),
        last: ends.length === 0 ? null : Math.max(...ends),
      };
    },
  };
}
