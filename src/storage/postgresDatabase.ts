import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Database, Failpoint } from './database.js';
import { Session, TransactionMemory } from './session.js';
import { driverCode } from './storageError.js';
import { TransactionGuard } from './transactionGuard.js';

const ATTEMPTS = 6;
/** serialization_failure and deadlock_detected (PostgreSQL, appendix A): nothing was done, and doing it again is the cure. */
const AGAIN = new Set(['40001', '40P01']);
/** in_failed_sql_transaction: what every statement after the failed one gets, and says nothing of why. */
const ABORTED = '25P02';

/** A pool of connections, each transaction on one of its own at READ COMMITTED; rows that must not change are locked. */
export class PostgresDatabase implements Database {
  readonly reads: Session;
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(
    private readonly source: DataSource,
    private readonly failpoint: Failpoint,
  ) {
    this.reads = new Session(source.manager, 'postgres');
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.closed) throw new Error('the store is closed');
    const promise = this.repeat(work);
    this.running.add(promise);
    try {
      return await promise;
    } finally {
      this.running.delete(promise);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.running);
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async repeat<T>(work: (session: Session) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isTransient(error)) throw error;
        await delay(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  private async once<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await this.run(runner, work);
    } finally {
      await runner.release();
    }
  }

  private async run<T>(runner: QueryRunner, work: (session: Session) => Promise<T>): Promise<T> {
    await runner.query('BEGIN');
    const guard = new TransactionGuard(runner);
    try {
      const result = await work(new Session(this.source.createEntityManager(guard.runner), 'postgres', new TransactionMemory()));
      await guard.end();
      guard.check();
      this.failpoint('storage-before-commit');
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      await guard.end();
      // It fails only where the connection is gone, and then the server has rolled back.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw isTransient(guard.failed) || driverCode(error) === ABORTED ? guard.failed : error;
    }
  }
}

function isTransient(error: unknown): boolean {
  return AGAIN.has(driverCode(error) ?? '');
}
