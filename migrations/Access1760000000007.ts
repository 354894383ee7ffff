import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { columnsFor } from './columns.js';

/** Tokens (only their hashes), and what idempotency keys were used for. */
export class Access1760000000007 implements MigrationInterface {
  readonly name = 'Access1760000000007';

  async up(runner: QueryRunner): Promise<void> {
    const { text, bigint } = columnsFor(runner);
    await runner.createTable(
      new Table({
        name: 'tokens',
        columns: [
          text('id', { primary: true }),
          text('name'),
          text('role'),
          text('models', { nullable: true }),
          text('hash'),
          bigint('created_at'),
          bigint('expires_at', { nullable: true }),
          bigint('revoked_at', { nullable: true }),
        ],
        indices: [new TableIndex({ name: 'tokens_by_hash', columnNames: ['hash'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'idempotency',
        columns: [text('operation', { primary: true }), text('key', { primary: true }), text('input_hash'), text('result')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency', 'tokens']) await runner.dropTable(table);
  }
}
