import type { Session } from './session.js';
import { type Sql, sql } from './sql.js';

/** UTC milliseconds by the database's clock, on which leases run out: the nodes' own clocks may differ. */
export function databaseClock({ dialect }: Session): Sql {
  return dialect === 'postgres'
    ? sql`CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)`
    : sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`;
}
