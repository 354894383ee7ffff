import { JuaraError } from '../domain/errors.js';
import { type Sql, sql } from './sql.js';

/** Between the fields of a search text, so that no needle matches across two of them: no field may hold it. */
const BORDER = '\u0001';
const MAX_NEEDLE = 1_000;

/** Lower case is made here: SQLite's own knows ASCII only, and the two databases are to find the same. */
export function searchText(fields: readonly (string | null)[]): string {
  return fields
    .filter((field) => field !== null)
    .map((field) => field.toLowerCase())
    .join(BORDER);
}

/** True for rows whose search text holds the needle. A scan: its cost grows with the number of rows that it has to look at. */
export function containsText(column: Sql, needle: string): Sql {
  if (needle.length > MAX_NEEDLE) throw new JuaraError('INVALID_INPUT', `the search text is longer than ${MAX_NEEDLE} characters`);
  const pattern = `%${needle.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql`${column} LIKE ${pattern} ESCAPE '\\'`;
}
