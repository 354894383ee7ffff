import { join, type Sql, sql } from './sql.js';

/**
 * One statement from several that are each sorted and limited by an index: the first `limit` rows of all of them. A list of statuses
 * becomes one indexed read per status this way, where `status IN (...)` would read and sort everything.
 */
export function merged(branches: readonly Sql[], order: Sql, limit: number): Sql {
  if (branches.length === 1) return branches[0] ?? sql``;
  const all = join(
    branches.map((branch) => sql`SELECT * FROM (${branch}) AS branch`),
    ' UNION ALL ',
  );
  return sql`SELECT * FROM (${all}) AS merged ${order} LIMIT ${limit}`;
}
