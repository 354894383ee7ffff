import type { QueryRunner } from 'typeorm';

/**
 * A query runner that belongs to one transaction. Work that forgets to await, or a Promise.all that fails early, would otherwise go on
 * writing after the rollback: outside of any transaction, or inside somebody else's.
 */
export class TransactionGuard {
  readonly runner: QueryRunner;
  private readonly running = new Set<Promise<unknown>>();
  private failure: { readonly error: unknown } | null = null;
  private over = false;

  constructor(runner: QueryRunner) {
    const query = (text: string, parameters?: unknown[], structured = false): Promise<unknown> =>
      this.track(() => (structured ? runner.query(text, parameters, true) : runner.query(text, parameters)));
    this.runner = Object.create(runner, { query: { value: query }, isTransactionActive: { value: true } }) as QueryRunner;
  }

  private async track(statement: () => Promise<unknown>): Promise<unknown> {
    if (this.over) throw new Error('the transaction is over: await every call on it before it ends');
    const promise = statement();
    this.running.add(promise);
    try {
      return await promise;
    } catch (error) {
      this.failure ??= { error };
      throw error;
    } finally {
      this.running.delete(promise);
    }
  }

  /** No statement may begin any more; resolves when the last has ended. */
  async end(): Promise<void> {
    this.over = true;
    await Promise.allSettled(this.running);
  }

  /** The database's own error of the first statement that failed, whatever the work has made of it since. */
  get failed(): unknown {
    return this.failure?.error;
  }

  /**
   * After `end`. A failed statement dooms its transaction, also where the work has caught the error: PostgreSQL has aborted it
   * already and would answer COMMIT with a silent rollback; SQLite would keep the other half.
   */
  check(): void {
    if (this.failure !== null) throw this.failure.error;
  }
}
