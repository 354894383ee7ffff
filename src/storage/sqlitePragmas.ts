import type { DataSource } from 'typeorm';

const WANTED = [
  // FULL: a commit returns after its fsync, so that an acknowledged change survives a power cut (sqlite.org/pragma.html).
  { set: 'PRAGMA synchronous = FULL', get: 'PRAGMA synchronous', value: 2 },
  { set: 'PRAGMA foreign_keys = ON', get: 'PRAGMA foreign_keys', value: 1 },
  { set: 'PRAGMA journal_mode = WAL', get: 'PRAGMA journal_mode', value: 'wal' },
] as const;

/** Sets what the promises rest on, and reads it back: SQLite ignores a pragma that it cannot obey. */
export async function assertDurable(writer: DataSource): Promise<void> {
  for (const { set, get, value } of WANTED) {
    await writer.query(set);
    const [row]: Record<string, unknown>[] = await writer.query(get);
    const actual = Object.values(row ?? {})[0];
    if (actual !== value) throw new Error(`SQLite did not take "${set}": it answers ${String(actual)}`);
  }
}
