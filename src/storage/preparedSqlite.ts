import sqlite3 from 'sqlite3';

/** More different statements than the registry has; lists of ids of many lengths are what would go beyond it. */
const KEPT = 200;
/** A pragma may act while it is prepared, and DDL is not repeated. */
const REPEATED = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|BEGIN|COMMIT|ROLLBACK)\b/;

type Callback = (this: unknown, error: Error | null, ...rest: unknown[]) => void;

/**
 * A connection that keeps its prepared statements. The driver prepares, runs and finalises each statement anew, which takes two trips
 * through the thread pool in place of one: as long as the statement itself. A statement that has run to its end holds no lock.
 */
export class PreparedSqlite extends sqlite3.Database {
  private readonly prepared = new Map<string, sqlite3.Statement>();

  override run(text: string, ...rest: unknown[]): this {
    const statement = this.keep(text, rest.at(-1));
    if (statement === null) return super.run(text, ...rest);
    statement.run(...rest);
    return this;
  }

  override all(text: string, ...rest: unknown[]): this {
    const statement = this.keep(text, rest.at(-1));
    if (statement === null) return super.all(text, ...rest);
    statement.all(...rest);
    return this;
  }

  /** SQLite refuses to close a connection that has prepared statements. */
  override close(callback?: (error: Error | null) => void): void {
    for (const statement of this.prepared.values()) statement.finalize();
    this.prepared.clear();
    super.close(callback);
  }

  private keep(text: string, callback: unknown): sqlite3.Statement | null {
    if (typeof callback !== 'function' || !REPEATED.test(text)) return null;
    const found = this.prepared.get(text);
    // Where preparing fails, the driver tells nobody but this callback.
    const statement = found ?? this.prepare(text, (error: Error | null) => this.unprepared(text, error, callback as Callback));
    // Last in the map is last used.
    this.prepared.delete(text);
    this.prepared.set(text, statement);
    if (this.prepared.size > KEPT) this.drop();
    return statement;
  }

  private unprepared(text: string, error: Error | null, callback: Callback): void {
    if (error === null) return;
    this.prepared.delete(text);
    callback.call(this, error);
  }

  /** The driver finalises after what is still to run on the statement. */
  private drop(): void {
    const [oldest] = this.prepared.entries();
    if (oldest === undefined) return;
    this.prepared.delete(oldest[0]);
    oldest[1].finalize();
  }
}
