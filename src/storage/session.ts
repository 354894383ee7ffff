import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { chunks, type Sql } from './sql.js';

export type Dialect = 'sqlite' | 'postgres';

/** Where statements go: the committed state, or one transaction. */
export class Session {
  constructor(
    readonly manager: EntityManager,
    readonly dialect: Dialect,
  ) {}

  async rows<T>(statement: Sql): Promise<T[]> {
    const { text, values } = statement.render(this.dialect);
    return this.manager.query(text, values);
  }

  /** A statement without an answer. */
  async run(statement: Sql): Promise<void> {
    const { text, values } = statement.render(this.dialect);
    await this.manager.query(text, values);
  }

  async insert<T extends ObjectLiteral>(entity: EntityTarget<T>, rows: readonly QueryDeepPartialEntity<T>[]): Promise<void> {
    for (const some of chunks(rows)) {
      await this.manager.createQueryBuilder().insert().into(entity).values(some).updateEntity(false).execute();
    }
  }

  /** Writes the columns in which `after` differs from `before`; nothing where they are equal. */
  async update<T extends ObjectLiteral>(entity: EntityTarget<T>, key: Partial<T>, before: T, after: T): Promise<void> {
    const changed = Object.entries(after).filter(([column, value]) => before[column] !== value);
    if (changed.length === 0) return;
    const patch = Object.fromEntries(changed) as QueryDeepPartialEntity<T>;
    await this.manager.createQueryBuilder().update(entity).set(patch).where(key).updateEntity(false).execute();
  }
}
