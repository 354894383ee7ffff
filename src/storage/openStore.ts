import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { genesisHash } from '../domain/event.js';
import type { Store } from '../ports.js';
import { CommitSignal } from './commitSignal.js';
import type { Database, Failpoint } from './database.js';
import { parseDatabaseUrl } from './databaseUrl.js';
import { postgresPool, sqliteReader, sqliteWriter } from './dataSources.js';
import { migrate } from './migrate.js';
import { PostgresDatabase } from './postgresDatabase.js';
import { PostgresWatcher } from './postgresWatcher.js';
import { Session } from './session.js';
import { sql } from './sql.js';
import { SqliteDatabase } from './sqliteDatabase.js';
import { assertDurable } from './sqlitePragmas.js';
import { storageError } from './storageError.js';
import { createStore } from './store.js';

export interface StoreOptions {
  /** `sqlite:<file>` or `postgres://...`. */
  readonly url: string;
  readonly failpoint?: Failpoint;
  /**
   * Whether a transaction inside of a transaction, which would wait for itself, is an error; left out: yes. It is a mistake in the code,
   * and to notice it the runtime has to follow every promise, which takes a twentieth of a busy server's time.
   */
  readonly refuseNested?: boolean;
}

export interface OpenStore {
  readonly store: Store;
  close(): Promise<void>;
}

/**
 * Opens the database, creates or migrates its schema, and gives the store.
 * Throws CONFIG_INVALID, STORAGE_FULL, STORAGE_READ_ONLY, DATABASE_TOO_NEW or DATABASE_DAMAGED.
 */
export async function openStore({ url, failpoint = () => undefined, refuseNested = true }: StoreOptions): Promise<OpenStore> {
  const target = parseDatabaseUrl(url);
  try {
    return target.kind === 'sqlite'
      ? await openSqlite(target.file, failpoint, refuseNested)
      : await openPostgres(target.url, failpoint, refuseNested);
  } catch (error) {
    throw storageError(error);
  }
}

async function openSqlite(file: string, failpoint: Failpoint, refuseNested: boolean): Promise<OpenStore> {
  const writer = sqliteWriter(file);
  const reader = sqliteReader(file);
  try {
    await writer.initialize();
    await prepare(writer, 'sqlite');
    // After the migrations, which switch foreign keys off and on.
    await assertDurable(writer);
    await reader.initialize();
  } catch (error) {
    await destroy(reader, writer);
    throw error;
  }
  const database = new SqliteDatabase(writer, reader, failpoint);
  return { store: createStore(database, new CommitSignal(), refuseNested), close: () => database.close() };
}

async function openPostgres(url: string, failpoint: Failpoint, refuseNested: boolean): Promise<OpenStore> {
  const source = postgresPool(url);
  try {
    await source.initialize();
    await prepare(source, 'postgres');
  } catch (error) {
    await destroy(source);
    throw error;
  }
  const database: Database = new PostgresDatabase(source, failpoint);
  const signal = new CommitSignal();
  const watcher = new PostgresWatcher(url, database.reads, signal);
  const close = async (): Promise<void> => {
    await watcher.close();
    await database.close();
  };
  return { store: createStore(database, signal, refuseNested), close };
}

/** The schema, and the log's head: a registry gets its identity when its database is made. */
async function prepare(source: DataSource, dialect: 'sqlite' | 'postgres'): Promise<void> {
  await migrate(source);
  const registryId = randomUUID();
  const hash = genesisHash(registryId);
  await new Session(source.manager, dialect).run(
    sql`INSERT INTO log_head (id, registry_id, seq, hash) VALUES (1, ${registryId}, 0, ${hash}) ON CONFLICT (id) DO NOTHING`,
  );
}

async function destroy(...sources: DataSource[]): Promise<void> {
  for (const source of sources) if (source.isInitialized) await source.destroy().catch(() => undefined);
}
