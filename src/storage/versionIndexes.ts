import type { VersionStatus } from '../domain/lifecycle.js';
import type { Metric } from '../domain/metric.js';
import type { Version } from '../domain/records.js';
import { FileIndexRow } from './fileIndexRow.js';
import { bucketsOf } from './metricBuckets.js';
import { MetricIndexRow } from './metricIndexRow.js';
import type { Session } from './session.js';
import { chunks, join, type Sql, sql } from './sql.js';
import { TagIndexRow } from './tagIndexRow.js';

/** One entry for each name: the first, which is the one that readers find. */
function distinctMetrics(metrics: readonly Metric[]): Metric[] {
  return metrics.filter((metric, i) => metrics.findIndex((other) => other.name === metric.name) === i);
}

export async function insertMetricIndex(session: Session, version: Version, versionKey: string): Promise<void> {
  const { id, model, status } = version;
  const rows = distinctMetrics(version.metrics).map(
    ({ name, value }): MetricIndexRow => ({ version_id: id, metric: name, model, status, value, version_key: versionKey }),
  );
  await session.insert(MetricIndexRow, rows);
}

export async function insertTagIndex(session: Session, version: Version, versionKey: string): Promise<void> {
  const { id, model, status } = version;
  const distinct = new Map(version.tags.map((tag) => [JSON.stringify([tag.key, tag.value]), tag]));
  const rows = [...distinct.values()].map(
    ({ key, value }): TagIndexRow => ({ version_id: id, tag_key: key, tag_value: value, model, status, version_key: versionKey }),
  );
  await session.insert(TagIndexRow, rows);
}

export async function insertFileIndex(session: Session, version: Version): Promise<void> {
  const digests = [...new Set(version.files.map((file) => file.sha256))];
  await session.insert(
    FileIndexRow,
    digests.map((sha256) => ({ sha256, version_id: version.id })),
  );
}

interface StatusChange {
  readonly status: VersionStatus;
  readonly n: 1 | -1;
}

/** What a change of one version does to the counts: the version as it was (null: it is new), and as it is. */
export async function moveCounts(session: Session, before: Version | null, after: Version): Promise<void> {
  const here: StatusChange = { status: after.status, n: 1 };
  const gone: StatusChange[] = before === null ? [] : [{ status: before.status, n: -1 }];
  const moved = before?.status !== after.status;
  if (moved) await addVersionCounts(session, after.model, [...gone, here]);
  if (before !== null && JSON.stringify(before.metrics) !== JSON.stringify(after.metrics)) {
    await addMetricCounts(session, before, gone);
    await addMetricCounts(session, after, [here]);
  } else if (moved) {
    await addMetricCounts(session, after, [...gone, here]);
  }
}

/**
 * Every bucket of every metric, for each status that the version enters or leaves. The statement makes that product by itself: binding
 * its hundreds of values would cost more than writing them. Sorted, so that two transactions take PostgreSQL's row locks in one order.
 */
async function addMetricCounts(session: Session, { model, metrics }: Version, changes: readonly StatusChange[]): Promise<void> {
  const sorted = distinctMetrics(metrics).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const some of chunks(sorted)) {
    const lows = some.map(({ name, value }) => {
      const [l0, l1, l2, l3, l4] = bucketsOf(value).map(({ low }) => sql`CAST(${low} AS double precision)`);
      return sql`(CAST(${name} AS text), ${l0}, ${l1}, ${l2}, ${l3}, ${l4})`;
    });
    await session.run(sql`
      WITH m (metric, l0, l1, l2, l3, l4) AS (VALUES ${join(lows, ', ')}),
        b (level) AS (VALUES (0), (1), (2), (3), (4)),
        s (status, n) AS (VALUES ${statusChanges(changes)})
      INSERT INTO metric_counts (model, level, metric, low, status, n)
      SELECT CAST(${model} AS text), b.level, m.metric,
        CASE b.level WHEN 0 THEN m.l0 WHEN 1 THEN m.l1 WHEN 2 THEN m.l2 WHEN 3 THEN m.l3 ELSE m.l4 END, s.status, s.n
      FROM m CROSS JOIN b CROSS JOIN s WHERE 1 = 1
      ON CONFLICT (model, level, metric, low, status) DO UPDATE SET n = metric_counts.n + excluded.n`);
  }
}

async function addVersionCounts(session: Session, model: string, changes: readonly StatusChange[]): Promise<void> {
  await session.run(
    sql`WITH s (status, n) AS (VALUES ${statusChanges(changes)})
      INSERT INTO version_counts (model, status, n) SELECT CAST(${model} AS text), s.status, s.n FROM s WHERE 1 = 1
      ON CONFLICT (model, status) DO UPDATE SET n = version_counts.n + excluded.n`,
  );
}

function statusChanges(changes: readonly StatusChange[]): Sql {
  const sorted = [...changes].sort((a, b) => (a.status < b.status ? -1 : 1));
  return join(
    sorted.map(({ status, n }) => sql`(CAST(${status} AS text), ${n === 1 ? sql`1` : sql`-1`})`),
    ', ',
  );
}
