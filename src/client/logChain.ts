import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Connection } from './connection.js';
import { operation } from './operation.js';

/** An event as the hash covers it. */
export interface LogEntry {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly model: string | null;
  readonly payload: unknown;
  readonly hash: string;
}

export interface LogPage {
  readonly nodes: readonly LogEntry[];
  readonly endCursor: string;
  readonly hasNextPage: boolean;
}

const ENTRIES = operation<{ events: LogPage }, { after: string; first: number }>(
  `query LogEntries($after: Cursor!, $first: Int!) {
    events(after: $after, first: $first) { nodes { seq type at actor model payload hash } endCursor hasNextPage }
  }`,
);

export async function logEntries({ query }: Pick<Connection, 'query'>, after: string, first: number): Promise<LogPage> {
  return (await query(ENTRIES, { after, first })).events;
}

/** The hash that stands in the place of the one before event 1 (docs/log.md). */
export function genesisHash(registry: string): string {
  return createHash('sha256').update(`juara:${registry}`).digest('hex');
}

/** True where the entry's hash is SHA-256 over the hash before it and its own canonical JSON, `at` in milliseconds (docs/log.md). */
export function follows(previous: string, { seq, type, at, actor, model, payload, hash }: LogEntry): boolean {
  const content = canonicalize({ seq, type, at: Date.parse(at), actor, model, data: payload }) ?? '';
  return createHash('sha256').update(previous).update(content).digest('hex') === hash;
}
