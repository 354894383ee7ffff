import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { chunks, join, Sql, sql } from './sql.js';
import { storageError } from './storageError.js';

export type Dialect = 'sqlite' | 'postgres';

/** The end of the log. */
export interface LogPlace {
  readonly seq: number;
  readonly hash: string;
}

/** What one transaction has read, and what nobody else can have changed since. */
export class TransactionMemory {
  /** Rows by table and key. */
  readonly rows = new Map<string, ObjectLiteral>();

  /** `logEnd`: known beforehand where no other process writes; else the first append locks and reads it. */
  constructor(public logEnd: LogPlace | null = null) {}
}

/** Where statements go: the committed state, or one transaction, which has a memory. */
export class Session {
  constructor(
    readonly manager: EntityManager,
    readonly dialect: Dialect,
    readonly memory: TransactionMemory | null = null,
  ) {}

  async rows<T>(statement: Sql): Promise<T[]> {
    return (await this.query(statement)) as T[];
  }

  /** A statement without an answer. */
  async run(statement: Sql): Promise<void> {
    await this.query(statement);
  }

  /** Rows of one shape, written in as few statements as the parameters allow. The keys of a row are its columns. */
  async insert<T extends ObjectLiteral>(entity: EntityTarget<T>, rows: readonly T[]): Promise<void> {
    for (const some of chunks(rows)) await this.run(insertion(this.table(entity), some));
  }

  /** Writes the columns in which `after` differs from `before`; nothing where they are equal. */
  async update<T extends ObjectLiteral>(entity: EntityTarget<T>, key: Partial<T>, before: T, after: T): Promise<void> {
    const changed = Object.entries(after).filter(([column, value]) => before[column] !== value);
    if (changed.length === 0) return;
    const assignments = join(changed.map(equal), ', ');
    await this.run(sql`UPDATE ${this.table(entity)} SET ${assignments} WHERE ${matches(key)}`);
    this.memory?.rows.set(this.place(entity, key), after);
  }

  async findOne<T extends ObjectLiteral>(entity: EntityTarget<T>, key: Partial<T>): Promise<T | null> {
    const [row] = await this.rows<T>(sql`SELECT * FROM ${this.table(entity)} WHERE ${matches(key)}`);
    return row ?? null;
  }

  /**
   * The row, locked until the end of the transaction, and read once however often it is asked for. Only for tables whose rows `update`
   * alone changes. FOR NO KEY UPDATE is the weakest lock that excludes itself: FOR UPDATE would also exclude every transaction that
   * only refers to the row. On SQLite there is one writer at a time anyway.
   */
  async lockOne<T extends ObjectLiteral>(entity: EntityTarget<T>, key: Partial<T>): Promise<T | null> {
    const lock = this.dialect === 'postgres' ? sql` FOR NO KEY UPDATE` : sql``;
    return this.once(entity, key, sql`SELECT * FROM ${this.table(entity)} WHERE ${matches(key)}${lock}`, true);
  }

  /** Like findOne, for the tables of lockOne: a transaction does not read again what it holds. */
  async findHeld<T extends ObjectLiteral>(entity: EntityTarget<T>, key: Partial<T>): Promise<T | null> {
    const held = this.dialect === 'sqlite';
    return this.once(entity, key, sql`SELECT * FROM ${this.table(entity)} WHERE ${matches(key)}`, held);
  }

  private async once<T extends ObjectLiteral>(entity: EntityTarget<T>, key: Partial<T>, statement: Sql, held: boolean): Promise<T | null> {
    const place = this.place(entity, key);
    const known = this.memory?.rows.get(place) as T | undefined;
    if (known !== undefined) return known;
    const [row] = await this.rows<T>(statement);
    if (row !== undefined && held) this.memory?.rows.set(place, row);
    return row ?? null;
  }

  private place(entity: EntityTarget<ObjectLiteral>, key: ObjectLiteral): string {
    return JSON.stringify([this.manager.connection.getMetadata(entity).tableName, key]);
  }

  /** Inside a transaction its own runner is asked, which knows best when the transaction is over. */
  private async query(statement: Sql): Promise<unknown> {
    const { text, values } = statement.render(this.dialect);
    try {
      return await (this.manager.queryRunner ?? this.manager).query(text, values);
    } catch (error) {
      throw storageError(error);
    }
  }

  private table(entity: EntityTarget<ObjectLiteral>): Sql {
    return name(this.manager.connection.getMetadata(entity).tableName);
  }
}

/**
 * TypeORM's builders write numbers into the text of a statement, so that hardly two are alike and none is prepared twice; and they take
 * longer than SQLite does. These statements hold parameters only.
 */
function insertion(table: Sql, rows: readonly ObjectLiteral[]): Sql {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map(
    (row) =>
      sql`(${join(
        columns.map((column) => sql`${row[column]}`),
        ', ',
      )})`,
  );
  return sql`INSERT INTO ${table} (${join(columns.map(name), ', ')}) VALUES ${join(values, ', ')}`;
}

const name = (identifier: string): Sql => new Sql([`"${identifier}"`], []);
const equal = ([column, value]: [string, unknown]): Sql => sql`${name(column)} = ${value}`;
const matches = (key: ObjectLiteral): Sql => join(Object.entries(key).map(equal), ' AND ');
