import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { columnsFor, references } from './columns.js';

/** Benchmarks, and the measurements of versions on them; decisions know which benchmark they rest on. */
export class Evidence1760000000009 implements MigrationInterface {
  readonly name = 'Evidence1760000000009';

  async up(runner: QueryRunner): Promise<void> {
    const { text, integer, bigint } = columnsFor(runner);
    await runner.createTable(
      new Table({
        name: 'benchmarks',
        columns: [
          text('name', { primary: true }),
          text('sha256'),
          text('format'),
          text('csv', { nullable: true }),
          bigint('samples'),
          text('inputs'),
          text('tasks'),
          bigint('created_at'),
          integer('uses'),
        ],
      }),
    );
    await runner.createTable(evaluations(runner));
    await runner.addColumn('decisions', text('benchmark', { nullable: true }));
    await runner.createIndex(
      'decisions',
      new TableIndex({ name: 'decisions_tried', columnNames: ['model', 'champion', 'benchmark', 'candidate'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('decisions', 'decisions_tried');
    await runner.dropColumn('decisions', 'benchmark');
    for (const table of ['evaluations', 'benchmarks']) await runner.dropTable(table);
  }
}

function evaluations(runner: QueryRunner): Table {
  const { text, integer, bigint, real } = columnsFor(runner);
  return new Table({
    name: 'evaluations',
    columns: [
      new TableColumn({ name: 'ordinal', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' }),
      text('id'),
      text('model'),
      text('version'),
      text('benchmark'),
      text('status'),
      real('progress'),
      text('error', { nullable: true }),
      text('notes'),
      text('metrics'),
      text('confusion'),
      text('predictions', { nullable: true }),
      text('requested_by'),
      bigint('queued_at'),
      bigint('started_at', { nullable: true }),
      bigint('finished_at', { nullable: true }),
      integer('settled'),
      text('lease_owner', { nullable: true }),
      bigint('lease_until', { nullable: true }),
    ],
    foreignKeys: [references('model', 'models', 'name'), references('benchmark', 'benchmarks', 'name')],
    indices: [
      new TableIndex({ name: 'evaluations_by_id', columnNames: ['id'], isUnique: true }),
      new TableIndex({ name: 'evaluations_of', columnNames: ['model', 'version', 'benchmark', 'status', 'ordinal'] }),
      new TableIndex({ name: 'evaluations_by_version', columnNames: ['model', 'version', 'ordinal'] }),
      new TableIndex({ name: 'evaluations_due', columnNames: ['status', 'settled', 'ordinal'] }),
    ],
  });
}
