import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { columnsFor, references } from './columns.js';

/** The pool of training events. */
export class Training1760000000005 implements MigrationInterface {
  readonly name = 'Training1760000000005';

  async up(runner: QueryRunner): Promise<void> {
    const { text, bigint } = columnsFor(runner);
    await runner.createTable(
      new Table({
        name: 'training_events',
        columns: [
          text('id', { primary: true }),
          text('model'),
          text('event_id'),
          text('status'),
          text('date'),
          text('station', { nullable: true }),
          text('labels'),
          bigint('added_at'),
          bigint('validated_at', { nullable: true }),
          text('used_by', { nullable: true }),
          text('extra', { nullable: true }),
        ],
        foreignKeys: [references('model', 'models', 'name')],
        indices: [
          new TableIndex({ name: 'training_by_event', columnNames: ['model', 'event_id'], isUnique: true }),
          new TableIndex({ name: 'training_by_date', columnNames: ['model', 'status', 'date', 'event_id'] }),
          new TableIndex({ name: 'training_by_user', columnNames: ['model', 'used_by'] }),
          new TableIndex({ name: 'training_by_status', columnNames: ['status', 'model'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('training_events');
  }
}
