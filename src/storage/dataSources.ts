import pg from 'pg';
import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import { ALL_MIGRATIONS } from '../../migrations/allMigrations.js';
import { ENTITY_LIST } from './entityList.js';
import { PreparedSqlite } from './preparedSqlite.js';

const COMMON = {
  entities: ENTITY_LIST,
  migrations: [...ALL_MIGRATIONS],
  migrationsTableName: 'juara_migrations',
  synchronize: false,
  migrationsRun: false,
  logging: false,
};

/** How long a statement waits for a lock that another process holds, in milliseconds. */
const BUSY_TIMEOUT = 5_000;
/** What TypeORM takes for the package: it asks for `verbose()`, which would make every statement capture a stack trace. */
const SQLITE_DRIVER = { OPEN_URI: sqlite3.OPEN_URI, Database: PreparedSqlite, verbose: (): object => SQLITE_DRIVER };
const INT8 = 20;

export function sqliteWriter(file: string): DataSource {
  return new DataSource({
    ...COMMON,
    type: 'sqlite',
    database: file,
    driver: SQLITE_DRIVER,
    enableWAL: true,
    busyTimeout: BUSY_TIMEOUT,
  });
}

/** The file must exist and be in WAL mode. */
export function sqliteReader(file: string): DataSource {
  const flags = sqlite3.OPEN_READONLY | sqlite3.OPEN_FULLMUTEX;
  return new DataSource({ ...COMMON, type: 'sqlite', database: file, driver: SQLITE_DRIVER, flags, busyTimeout: BUSY_TIMEOUT });
}

/** int8 comes as a number: sequence numbers and milliseconds stay below 2^53. Set for this pool alone, not for the process. */
export function postgresPool(url: string): DataSource {
  const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text');
  return new DataSource({
    ...COMMON,
    type: 'postgres',
    url,
    poolSize: 10,
    installExtensions: false,
    applicationName: 'juara',
    extra: { types: { getTypeParser } },
  });
}
