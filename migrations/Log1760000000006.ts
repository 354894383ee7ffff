import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { columnsFor } from './columns.js';

/** The event log, and the one row that hands out its numbers and carries the head of its hash chain. */
export class Log1760000000006 implements MigrationInterface {
  readonly name = 'Log1760000000006';

  async up(runner: QueryRunner): Promise<void> {
    const { text, integer, bigint } = columnsFor(runner);
    await runner.createTable(
      new Table({ name: 'log_head', columns: [integer('id', { primary: true }), text('registry_id'), bigint('seq'), text('hash')] }),
    );
    await runner.createTable(
      new Table({
        name: 'events',
        columns: [
          bigint('seq', { primary: true }),
          text('type'),
          bigint('at'),
          text('actor'),
          text('model', { nullable: true }),
          text('data'),
          text('hash'),
        ],
        indices: [
          new TableIndex({ name: 'events_by_model', columnNames: ['model', 'seq'] }),
          new TableIndex({ name: 'events_by_type', columnNames: ['type', 'seq'] }),
          new TableIndex({ name: 'events_by_model_type', columnNames: ['model', 'type', 'seq'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['events', 'log_head']) await runner.dropTable(table);
  }
}
