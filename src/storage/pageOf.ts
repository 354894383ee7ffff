import { checkFirst, encodeKey, type Page } from '../domain/page.js';

/** How many rows to ask for: one more than the page holds tells whether there is a next one. */
export function limitOf(first: number): number {
  return checkFirst(first) + 1;
}

export function pageOf<Row, T>(
  rows: readonly Row[],
  first: number,
  map: (row: Row) => T,
  key: (row: Row) => readonly (string | number)[],
): Page<T> {
  const shown = rows.slice(0, first);
  return { nodes: shown.map(map), cursors: shown.map((row) => encodeKey(key(row))), hasNextPage: rows.length > first };
}
