import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { columnsFor, references } from './columns.js';

/** Models, the reigns of their champions, and their policies. */
export class Models1760000000001 implements MigrationInterface {
  readonly name = 'Models1760000000001';

  async up(runner: QueryRunner): Promise<void> {
    const { text, integer, bigint } = columnsFor(runner);
    await runner.createTable(
      new Table({
        name: 'models',
        columns: [
          text('name', { primary: true }),
          text('description', { nullable: true }),
          bigint('created_at'),
          integer('revision'),
          text('tasks'),
          text('champion', { nullable: true }),
          text('history', { nullable: true }),
          text('search_text'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'reigns',
        columns: [
          text('model', { primary: true }),
          bigint('from_at', { primary: true }),
          bigint('event_seq', { primary: true }),
          text('version', { primary: true }),
          bigint('until_at', { nullable: true }),
        ],
        foreignKeys: [references('model', 'models', 'name')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'policies',
        columns: [text('model', { primary: true }), integer('revision', { primary: true }), bigint('at'), text('actor'), text('rules')],
        foreignKeys: [references('model', 'models', 'name')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['policies', 'reigns', 'models']) await runner.dropTable(table);
  }
}
