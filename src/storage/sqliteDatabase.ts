import type { DataSource, QueryRunner } from 'typeorm';
import type { Database, Failpoint } from './database.js';
import { type LogPlace, Session, TransactionMemory } from './session.js';
import { TransactionGuard } from './transactionGuard.js';

/**
 * One file, two connections: a writer on which transactions queue, and a reader that sees what is committed. A TypeORM data source
 * on SQLite has one connection, so that overlapping transactions on it would become parts of each other.
 */
export class SqliteDatabase implements Database {
  readonly reads: Session;
  private tail: Promise<unknown> = Promise.resolve();
  private closed = false;
  /** The log's end after the last commit; null where it has to be read. */
  private logEnd: LogPlace | null = null;

  constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
    private readonly failpoint: Failpoint,
  ) {
    this.reads = new Session(reader.manager, 'sqlite');
  }

  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new Error('the store is closed'));
    const result = this.tail.then(() => this.run(work));
    this.tail = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.tail;
    // The last connection to close folds the write-ahead log into the file, which takes one that may write.
    if (this.reader.isInitialized) await this.reader.destroy();
    if (this.writer.isInitialized) await this.writer.destroy();
  }

  private async run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const runner = this.writer.createQueryRunner();
    await begin(runner);
    const guard = new TransactionGuard(runner);
    const memory = new TransactionMemory(this.logEnd);
    this.logEnd = null;
    try {
      const result = await work(new Session(this.writer.createEntityManager(guard.runner), 'sqlite', memory));
      await guard.end();
      guard.check();
      this.failpoint('storage-before-commit');
      await runner.query('COMMIT');
      this.logEnd = memory.logEnd;
      return result;
    } catch (error) {
      await guard.end();
      await rollback(runner);
      throw error;
    }
  }
}

/**
 * IMMEDIATE takes the write lock at once: a transaction that begins by reading would fail with SQLITE_BUSY at its first write, whatever
 * busy_timeout says. TypeORM's own startTransaction is never used beside it, because its depth counter must stay at 0.
 */
async function begin(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('BEGIN IMMEDIATE');
  } catch (error) {
    if (!String(error).includes('within a transaction')) throw error;
    // A rollback failed earlier (a disk error): what it left is not to become part of this transaction.
    await runner.query('ROLLBACK');
    await runner.query('BEGIN IMMEDIATE');
  }
}

async function rollback(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself (full disk, I/O error). Where it has not, `begin` does.
  }
}
