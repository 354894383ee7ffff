import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import pg from 'pg';
import sqlite3 from 'sqlite3';

/** A row of the log as it lies in the database. */
export interface LogRow {
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly actor: string;
  readonly model: string | null;
  /** JSON. */
  readonly data: string;
  readonly hash: string;
}

export interface LogRows {
  readonly registry: string;
  readonly events: readonly LogRow[];
  readonly head: { readonly seq: number; readonly hash: string };
}

/** Someone who may write to the database, and to nothing else. */
export interface Attacker {
  read(): Promise<LogRows>;
  /** Puts these in the place of the whole log. */
  write(rows: LogRows): Promise<void>;
}

type Run = (statement: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

async function withSqlite<T>(file: string, work: (run: Run) => Promise<T>): Promise<T> {
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, sqlite3.OPEN_READWRITE, (error) => (error === null ? resolve(opened) : reject(error)));
  });
  const run: Run = (statement, values = []) =>
    new Promise((resolve, reject) => {
      db.all<Record<string, unknown>>(statement, [...values], (error, rows) => (error === null ? resolve(rows) : reject(error)));
    });
  try {
    return await work(run);
  } finally {
    await new Promise<void>((resolve, reject) => {
      db.close((error) => (error === null ? resolve() : reject(error)));
    });
  }
}

async function withPostgres<T>(url: string, work: (run: Run) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  const run: Run = async (statement, values = []) => (await client.query(statement, [...values])).rows;
  try {
    return await work(run);
  } finally {
    await client.end();
  }
}

function toLogRow(row: Record<string, unknown>): LogRow {
  const { seq, type, at, actor, model, data, hash } = row;
  return {
    seq: Number(seq),
    type: String(type),
    at: Number(at),
    actor: String(actor),
    model: model === null ? null : String(model),
    data: String(data),
    hash: String(hash),
  };
}

/** Works on the database of the URL, without Juara's code. */
export function createAttacker(url: string): Attacker {
  const open = <T>(work: (run: Run) => Promise<T>): Promise<T> =>
    url.startsWith('sqlite:') ? withSqlite(url.slice('sqlite:'.length), work) : withPostgres(url, work);
  return {
    read: () =>
      open(async (run) => {
        const events = (await run('SELECT * FROM events ORDER BY seq')).map(toLogRow);
        const [head] = await run('SELECT * FROM log_head WHERE id = 1');
        return { registry: String(head?.registry_id), events, head: { seq: Number(head?.seq), hash: String(head?.hash) } };
      }),
    write: ({ events, head }) =>
      open(async (run) => {
        await run('DELETE FROM events');
        for (const { seq, type, at, actor, model, data, hash } of events) {
          const values = [seq, type, at, actor, model, data, hash];
          await run('INSERT INTO events (seq, type, at, actor, model, data, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)', values);
        }
        await run('UPDATE log_head SET seq = $1, hash = $2 WHERE id = 1', [head.seq, head.hash]);
      }),
  };
}

/** The copy that a server of the same kind holds afterwards. Nobody may be connected to the database. */
export async function copyPostgres(url: string, name: string): Promise<string> {
  const target = new URL(url);
  const source = target.pathname.slice(1);
  target.pathname = '/postgres';
  await withPostgres(target.href, (run) => run(`CREATE DATABASE ${name} TEMPLATE ${source}`));
  target.pathname = `/${name}`;
  return target.href;
}

const sha256 = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('')).digest('hex');

/** As docs/log.md has it, without Juara's code. */
export function hashOf(previous: string, { seq, type, at, actor, model, data }: Omit<LogRow, 'hash'>): string {
  return sha256(previous, canonicalize({ seq, type, at, actor, model, data: JSON.parse(data) }) ?? '');
}

/** The hash before event `seq`. */
export function hashBefore({ registry, events }: LogRows, seq: number): string {
  return seq === 1 ? sha256('juara:', registry) : (events.find((event) => event.seq === seq - 1)?.hash ?? '');
}

/** Numbers and hashes computed anew from event `from` on, and the head with them: a chain without a fault. */
export function restamped(rows: LogRows, from: number): LogRows {
  let hash = hashBefore(rows, from);
  const events = rows.events.map((event, i) => {
    if (i + 1 < from) return event;
    const numbered = { ...event, seq: i + 1 };
    hash = hashOf(hash, numbered);
    return { ...numbered, hash };
  });
  return { ...rows, events, head: { seq: events.length, hash } };
}
