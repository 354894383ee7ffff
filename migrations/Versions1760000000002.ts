import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { columnsFor, references } from './columns.js';

/** Versions, with an index for every order in which they are listed. */
export class Versions1760000000002 implements MigrationInterface {
  readonly name = 'Versions1760000000002';

  async up(runner: QueryRunner): Promise<void> {
    const { text, bigint } = columnsFor(runner);
    await runner.createTable(
      new Table({
        name: 'versions',
        columns: [
          text('id', { primary: true }),
          text('model'),
          text('version'),
          text('version_key'),
          text('status'),
          text('architecture', { nullable: true }),
          bigint('created_at'),
          bigint('deployed_at', { nullable: true }),
          bigint('archived_at', { nullable: true }),
          text('reason', { nullable: true }),
          text('notes', { nullable: true }),
          text('previous_version', { nullable: true }),
          text('metrics'),
          text('training_config'),
          text('training_data', { nullable: true }),
          text('files'),
          text('signature', { nullable: true }),
          text('outputs'),
          text('tags'),
          text('search_text'),
        ],
        foreignKeys: [references('model', 'models', 'name')],
        indices: [
          new TableIndex({ name: 'versions_by_version', columnNames: ['model', 'status', 'version_key'] }),
          new TableIndex({ name: 'versions_by_time', columnNames: ['model', 'status', 'created_at', 'version_key'] }),
          new TableIndex({ name: 'versions_by_architecture', columnNames: ['model', 'architecture', 'status', 'version_key'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('versions');
  }
}
