import type { VersionFilter, VersionOrder } from '../ports.js';
import { type BucketRange, EVERYTHING, rangesBelow } from './metricBuckets.js';
import type { Session } from './session.js';
import { among, join, type Sql, sql } from './sql.js';
import { sortMetric, versionSource } from './versionList.js';

/** SUM is null over nothing, and text on PostgreSQL. */
type Total = { readonly n: number | string | null };

/**
 * As many as all pages of the list hold. By status alone, and by status and one metric, it is read off counters; a text, an
 * architecture, a tag or a second metric is counted row by row.
 */
export async function versionCount(session: Session, model: string, filter: VersionFilter, order: VersionOrder): Promise<number> {
  const statement = counters(model, filter, order) ?? scan(model, filter, order);
  const [row] = await session.rows<Total>(statement);
  return Number(row?.n ?? 0);
}

function counters(model: string, filter: VersionFilter, order: VersionOrder): Sql | null {
  if (filter.architecture != null || filter.tag != null || (filter.text != null && filter.text !== '')) return null;
  const status = among(sql`status`, filter.status);
  const sorted = sortMetric(order);
  const bound = filter.metric ?? null;
  const metric = sorted ?? bound?.name ?? null;
  if (metric === null) return sql`SELECT SUM(n) AS n FROM version_counts WHERE model = ${model} AND ${status}`;
  if (bound !== null && bound.name !== metric) return null;
  return metricCounters(model, metric, bound?.min ?? null, bound?.max ?? null, status);
}

/** What lies up to max, less what lies below min. */
function metricCounters(model: string, metric: string, min: number | null, max: number | null, status: Sql): Sql {
  const upTo = max === null ? [EVERYTHING] : rangesBelow(max, true);
  const below = min === null ? [] : rangesBelow(min, false);
  const select = (n: Sql, range: BucketRange): Sql =>
    sql`SELECT ${n} AS n FROM metric_counts WHERE model = ${model} AND level = ${range.level} AND metric = ${metric}
      ${within(range)} AND ${status}`;
  const parts = [...upTo.map((range) => select(sql`n`, range)), ...below.map((range) => select(sql`-n`, range))];
  const total = sql`SELECT SUM(n) AS n FROM (${join(parts, ' UNION ALL ')}) AS parts`;
  // A range the wrong way round holds nothing, where the difference would be negative.
  return min !== null && max !== null && min > max ? sql`SELECT 0 AS n` : total;
}

function within({ from, below, upTo }: BucketRange): Sql {
  const parts = [
    ...(from === undefined ? [] : [sql`AND low >= ${from}`]),
    ...(below === undefined ? [] : [sql`AND low < ${below}`]),
    ...(upTo === undefined ? [] : [sql`AND low <= ${upTo}`]),
  ];
  return parts.reduce((all, part) => sql`${all} ${part}`, sql``);
}

function scan(model: string, filter: VersionFilter, order: VersionOrder): Sql {
  const { from, where } = versionSource(model, filter, order);
  return sql`SELECT COUNT(*) AS n FROM ${from} k WHERE ${join(where, ' AND ')} AND ${among(sql`k.status`, filter.status)}`;
}
