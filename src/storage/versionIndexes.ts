import type { VersionStatus } from '../domain/lifecycle.js';
import type { Metric } from '../domain/metric.js';
import type { Version } from '../domain/records.js';
import { FileIndexRow } from './fileIndexRow.js';
import { bucketsOf } from './metricBuckets.js';
import type { MetricCountRow } from './metricCountRow.js';
import { MetricIndexRow } from './metricIndexRow.js';
import type { Session } from './session.js';
import { chunks, join, sql } from './sql.js';
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

/** What a change of one version does to the counts: the version as it was (null: it is new), and as it is. */
export async function moveCounts(session: Session, before: Version | null, after: Version): Promise<void> {
  if (before === null || before.status !== after.status) {
    const left = before === null ? [] : [{ status: before.status, n: -1 }];
    await addVersionCounts(session, after.model, [...left, { status: after.status, n: 1 }]);
  }
  const rows = [...(before === null ? [] : metricCounts(before, -1)), ...metricCounts(after, 1)];
  for (const some of chunks(net(rows))) await addMetricCounts(session, some);
}

function metricCounts(version: Version, n: number): MetricCountRow[] {
  return distinctMetrics(version.metrics).flatMap(({ name, value }) =>
    bucketsOf(value).map(({ level, low }) => ({ model: version.model, level, metric: name, low, status: version.status, n })),
  );
}

/**
 * One row for each counter, without those that stay as they are. Sorted, so that two transactions take PostgreSQL's row locks in one
 * order and do not wait for each other in a ring.
 */
function net(rows: readonly MetricCountRow[]): MetricCountRow[] {
  const sums = new Map<string, MetricCountRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.level, row.metric, row.low, row.status]);
    sums.set(key, { ...row, n: row.n + (sums.get(key)?.n ?? 0) });
  }
  const changed = [...sums.entries()].filter(([, row]) => row.n !== 0);
  return changed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

async function addMetricCounts(session: Session, rows: readonly MetricCountRow[]): Promise<void> {
  const values = join(
    rows.map((row) => sql`(${row.model}, ${row.level}, ${row.metric}, ${row.low}, ${row.status}, ${row.n})`),
    ', ',
  );
  await session.run(
    sql`INSERT INTO metric_counts (model, level, metric, low, status, n) VALUES ${values}
      ON CONFLICT (model, level, metric, low, status) DO UPDATE SET n = metric_counts.n + excluded.n`,
  );
}

async function addVersionCounts(session: Session, model: string, changes: readonly { status: VersionStatus; n: number }[]): Promise<void> {
  const sorted = [...changes].sort((a, b) => (a.status < b.status ? -1 : 1));
  const values = join(
    sorted.map(({ status, n }) => sql`(${model}, ${status}, ${n})`),
    ', ',
  );
  await session.run(
    sql`INSERT INTO version_counts (model, status, n) VALUES ${values}
      ON CONFLICT (model, status) DO UPDATE SET n = version_counts.n + excluded.n`,
  );
}
