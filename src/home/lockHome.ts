import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { JuaraError } from '../domain/errors.js';

export interface HomeLock {
  release(): Promise<void>;
}

function open(path: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, (error) => (error === null ? resolve(database) : reject(error)));
  });
}

function run(database: sqlite3.Database, statement: string): Promise<void> {
  return new Promise((resolve, reject) => database.exec(statement, (error) => (error === null ? resolve() : reject(error))));
}

function close(database: sqlite3.Database): Promise<void> {
  return new Promise((resolve) => database.close(() => resolve()));
}

function refusal(error: unknown, home: string, way: string): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'SQLITE_BUSY') {
    return new JuaraError('HOME_IN_USE', `another process serves ${home} already: stop it, or give this one a ${way} of its own`);
  }
  if (code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY' || code === 'SQLITE_PERM') {
    return new JuaraError('STORAGE_READ_ONLY', `cannot write to ${home}: mend the permissions of the folder`, {}, { cause: error });
  }
  return error;
}

/**
 * Takes the home for this process; HOME_IN_USE where another one has it. The lock is the operating system's own, taken through SQLite
 * on a file of its own: Node has no flock, and the kernel drops this one with the process, however that ends. So a start after
 * kill -9 need not wait for anything to grow stale, and no recycled process id can keep a home shut.
 */
export function lockHome(home: string): Promise<HomeLock> {
  return lockAt(join(home, 'juara.lock'), home, 'JUARA_HOME');
}

/** The same for a SQLite database outside of the home: what one process remembers of tokens and the log, another must not change. */
export function lockDatabase(file: string): Promise<HomeLock> {
  return lockAt(`${file}.lock`, file, 'JUARA_DATABASE_URL');
}

async function lockAt(path: string, what: string, way: string): Promise<HomeLock> {
  let database: sqlite3.Database | null = null;
  try {
    database = await open(path);
    database.configure('busyTimeout', 0);
    await run(database, 'PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    if (database !== null) await close(database);
    throw refusal(error, what, way);
  }
  const held = database;
  return { release: () => close(held) };
}
