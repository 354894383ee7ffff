import { type QueryRunner, TableColumn, type TableForeignKeyOptions } from 'typeorm';

interface ColumnOptions {
  readonly primary?: boolean;
  readonly nullable?: boolean;
}

/** Column makers that mean the same on SQLite and PostgreSQL. */
export interface Columns {
  /** Compared and sorted byte by byte on both databases: keyset cursors and semver sort keys rest on that. */
  text(name: string, options?: ColumnOptions): TableColumn;
  /** Counts, revisions, flags (0 or 1). */
  integer(name: string, options?: ColumnOptions): TableColumn;
  /** Sequence numbers and UTC milliseconds, which 32 bits do not hold. */
  bigint(name: string, options?: ColumnOptions): TableColumn;
  /** IEEE 754 binary64. */
  real(name: string, options?: ColumnOptions): TableColumn;
}

export function columnsFor(runner: QueryRunner): Columns {
  // SQLite compares bytes by default; PostgreSQL would use the locale of the database.
  const collation = runner.connection.options.type === 'postgres' ? 'C' : undefined;
  const column = (type: string, name: string, { primary = false, nullable = false }: ColumnOptions = {}, sorted?: string): TableColumn =>
    new TableColumn({ name, type, isPrimary: primary, isNullable: nullable, ...(sorted === undefined ? {} : { collation: sorted }) });
  return {
    text: (name, options) => column('text', name, options, collation),
    integer: (name, options) => column('integer', name, options),
    bigint: (name, options) => column('bigint', name, options),
    real: (name, options) => column('double precision', name, options),
  };
}

/** Nothing is ever deleted, so that a foreign key has no action to take. */
export function references(column: string, table: string, key: string): TableForeignKeyOptions {
  return { columnNames: [column], referencedTableName: table, referencedColumnNames: [key] };
}
