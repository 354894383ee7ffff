import { VERSION_STATUSES, type VersionStatus } from '../domain/lifecycle.js';
import type { VersionFilter, VersionOrder } from '../ports.js';
import { containsText } from './searchText.js';
import { type Sql, sql } from './sql.js';

/**
 * What a list of versions is read from, where an index gives its order: the table itself, one metric's values, or one tag.
 * `k` is the row read, `id` its version.
 */
export interface VersionSource {
  readonly from: Sql;
  readonly id: Sql;
  /** Column that is sorted by before the version; null: by version alone. */
  readonly sort: Sql | null;
  /** All that is filtered by, besides the status. */
  readonly where: readonly Sql[];
}

export function wantedStatuses({ status }: VersionFilter): readonly VersionStatus[] {
  return status == null ? VERSION_STATUSES : [...new Set(status)];
}

export function sortMetric({ field, metric }: VersionOrder): string | null {
  return field === 'METRIC' ? (metric ?? '') : null;
}

/**
 * Status, and a bound on the metric that is sorted by, are read off an index; so are a tag or an architecture in order of version.
 * Everything else is looked at row by row in the order of the list: such a page costs as much as there are rows between its matches.
 */
export function versionSource(model: string, filter: VersionFilter, order: VersionOrder): VersionSource {
  const metric = sortMetric(order);
  if (metric !== null) {
    const own = filter.metric?.name === metric ? filter.metric : null;
    const where = [
      sql`k.model = ${model} AND k.metric = ${metric}`,
      ...bounds(own),
      ...tagConditions(filter),
      ...versionConditions(filter, false),
      ...(own === null ? metricConditions(filter) : []),
    ];
    return { from: sql`metric_index`, id: sql`k.version_id`, sort: sql`k.value`, where };
  }
  if (order.field === 'VERSION' && filter.tag != null) {
    const { key, value } = filter.tag;
    const where = [
      sql`k.model = ${model} AND k.tag_key = ${key} AND k.tag_value = ${value}`,
      ...versionConditions(filter, false),
      ...metricConditions(filter),
    ];
    return { from: sql`tag_index`, id: sql`k.version_id`, sort: null, where };
  }
  const where = [
    sql`k.model = ${model}`,
    ...versionConditions(filter, true),
    ...tagConditions(filter, sql`k.id`),
    ...metricConditions(filter, sql`k.id`),
  ];
  return { from: sql`versions`, id: sql`k.id`, sort: order.field === 'CREATED_AT' ? sql`k.created_at` : null, where };
}

function bounds(metric: VersionFilter['metric']): Sql[] {
  return [...(metric?.min == null ? [] : [sql`k.value >= ${metric.min}`]), ...(metric?.max == null ? [] : [sql`k.value <= ${metric.max}`])];
}

function versionConditions({ architecture, text }: VersionFilter, here: boolean): Sql[] {
  const column = (name: Sql): Sql => (here ? sql`k.${name}` : sql`v.${name}`);
  const conditions = [
    ...(architecture == null ? [] : [sql`${column(sql`architecture`)} = ${architecture}`]),
    ...(text == null || text === '' ? [] : [containsText(column(sql`search_text`), text)]),
  ];
  return here
    ? conditions
    : conditions.map((condition) => sql`EXISTS (SELECT 1 FROM versions v WHERE v.id = k.version_id AND ${condition})`);
}

function tagConditions({ tag }: VersionFilter, id = sql`k.version_id`): Sql[] {
  if (tag == null) return [];
  return [sql`EXISTS (SELECT 1 FROM tag_index t WHERE t.version_id = ${id} AND t.tag_key = ${tag.key} AND t.tag_value = ${tag.value})`];
}

function metricConditions({ metric }: VersionFilter, id = sql`k.version_id`): Sql[] {
  if (metric == null) return [];
  const low = metric.min == null ? sql`` : sql` AND m.value >= ${metric.min}`;
  const high = metric.max == null ? sql`` : sql` AND m.value <= ${metric.max}`;
  return [sql`EXISTS (SELECT 1 FROM metric_index m WHERE m.version_id = ${id} AND m.metric = ${metric.name}${low}${high})`];
}
