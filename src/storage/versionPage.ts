import { decodeKey, type Page, type PageRequest } from '../domain/page.js';
import type { Version } from '../domain/records.js';
import type { VersionFilter, VersionOrder } from '../ports.js';
import { merged } from './merged.js';
import { limitOf, pageOf } from './pageOf.js';
import type { Session } from './session.js';
import { join, type Sql, sql } from './sql.js';
import { type VersionSource, versionSource, wantedStatuses } from './versionList.js';
import { versionFromRow } from './versionMapping.js';
import type { VersionRow } from './versionRow.js';

/** A version with the value that its list is sorted by. */
type ListedRow = VersionRow & { readonly sort_value: number };

/** One statement: for each status an indexed read of the page's keys, merged, and the rows that belong to them. */
export async function versionPage(
  session: Session,
  model: string,
  filter: VersionFilter,
  order: VersionOrder,
  { first, after }: PageRequest,
): Promise<Page<Version>> {
  const limit = limitOf(first);
  const source = versionSource(model, filter, order);
  const sorted = source.sort !== null;
  const ascending = order.direction === 'ASC';
  const behind = after === null ? sql`` : sql` AND ${keyset(source, ascending, after)}`;
  const columns = sql`${source.id} AS id, ${source.sort ?? sql`0`} AS sort_value, k.version_key AS sort_key`;
  const where = join(source.where, ' AND ');
  const branches = wantedStatuses(filter).map(
    (status) =>
      sql`SELECT ${columns} FROM ${source.from} k WHERE ${where} AND k.status = ${status}${behind}
        ORDER BY ${source.sort === null ? sql`` : sql`${direction(source.sort, ascending)}, `}${direction(sql`k.version_key`, ascending)}
        LIMIT ${limit}`,
  );
  if (branches.length === 0) return { nodes: [], cursors: [], hasNextPage: false };
  const byKey = direction(sql`sort_key`, ascending);
  const order2 = sorted ? sql`ORDER BY ${direction(sql`sort_value`, ascending)}, ${byKey}` : sql`ORDER BY ${byKey}`;
  const rows = await session.rows<ListedRow>(
    sql`SELECT v.*, page.sort_value FROM (${merged(branches, order2, limit)}) AS page JOIN versions v ON v.id = page.id ${order2}`,
  );
  return pageOf(rows, first, versionFromRow, (row) => (sorted ? [row.sort_value, row.version_key] : [row.version_key]));
}

function direction(column: Sql, ascending: boolean): Sql {
  return ascending ? sql`${column} ASC` : sql`${column} DESC`;
}

function keyset({ sort }: VersionSource, ascending: boolean, after: string): Sql {
  const than = ascending ? sql`>` : sql`<`;
  if (sort === null) return sql`k.version_key ${than} ${decodeKey(after, ['string'])[0]}`;
  const [value, key] = decodeKey(after, ['number', 'string']);
  return sql`(${sort}, k.version_key) ${than} (${value}, ${key})`;
}
