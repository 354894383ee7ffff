import { checkFirst, type Page, type PageRequest } from '../domain/page.js';

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** Root of a connection type. graphql-js calls the functions only where their field was asked for, so a count costs nothing unasked. */
export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: () => readonly Edge<T>[];
  readonly pageInfo: () => PageInfo;
  readonly totalCount: () => Promise<number>;
}

/** What the arguments ask for; `fallback` stands in for an explicit null. INVALID_INPUT where `first` is out of range. */
export function pageRequest(first: number | null | undefined, after: string | null | undefined, fallback: number): PageRequest {
  return { first: checkFirst(first ?? fallback), after: after ?? null };
}

/** A connection that does not count its list. */
export type UncountedConnection<T> = Omit<Connection<T>, 'totalCount'>;

/** Relay's cursor connection over a page (relay.dev/graphql/connections.htm). */
export function uncountedConnection<T>(page: Page<T>, request: PageRequest): UncountedConnection<T> {
  return {
    nodes: page.nodes,
    edges: () => page.nodes.map((node, i) => ({ node, cursor: page.cursors[i] ?? '' })),
    pageInfo: () => ({
      hasNextPage: page.hasNextPage,
      hasPreviousPage: request.after !== null,
      startCursor: page.cursors[0] ?? null,
      endCursor: page.cursors.at(-1) ?? null,
    }),
  };
}

/** The same with `count`, the size of the whole list. */
export function connection<T>(page: Page<T>, request: PageRequest, count: () => Promise<number>): Connection<T> {
  return { ...uncountedConnection(page, request), totalCount: count };
}
