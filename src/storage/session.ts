import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { chunks, join, Sql, sql } from './sql.js';

export type Dialect = 'sqlite' | 'postgres';

/** Where statements go: the committed state, or one transaction. */
export class Session {
  constructor(
    readonly manager: EntityManager,
    readonly dialect: Dialect,
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
  }

  async findOne<T extends ObjectLiteral>(entity: EntityTarget<T>, key: Partial<T>): Promise<T | null> {
    const [row] = await this.rows<T>(sql`SELECT * FROM ${this.table(entity)} WHERE ${matches(key)}`);
    return row ?? null;
  }

  /** Inside a transaction its own runner is asked, which knows best when the transaction is over. */
  private query(statement: Sql): Promise<unknown> {
    const { text, values } = statement.render(this.dialect);
    return (this.manager.queryRunner ?? this.manager).query(text, values);
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
