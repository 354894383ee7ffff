import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { columnsFor, references } from './columns.js';

/** Decisions with every number behind them, and their running totals. */
export class Decisions1760000000004 implements MigrationInterface {
  readonly name = 'Decisions1760000000004';

  async up(runner: QueryRunner): Promise<void> {
    const { text, integer, bigint } = columnsFor(runner);
    const foreignKeys = [references('model', 'models', 'name')];
    await runner.createTable(
      new Table({
        name: 'decisions',
        columns: [
          new TableColumn({ name: 'ordinal', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' }),
          text('id'),
          text('model'),
          bigint('at'),
          text('candidate'),
          text('champion', { nullable: true }),
          integer('policy_revision'),
          text('outcome'),
          text('rules'),
          text('summary'),
          text('comparison', { nullable: true }),
          text('requested_by'),
          text('reason', { nullable: true }),
          text('overridden_by', { nullable: true }),
          text('override_reason', { nullable: true }),
          integer('awaiting'),
          integer('applied'),
          text('answer', { nullable: true }),
        ],
        foreignKeys,
        indices: [
          new TableIndex({ name: 'decisions_by_id', columnNames: ['id'], isUnique: true }),
          new TableIndex({ name: 'decisions_by_time', columnNames: ['model', 'at', 'ordinal'] }),
          new TableIndex({ name: 'decisions_awaiting', columnNames: ['model', 'awaiting', 'candidate'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'decision_counts',
        columns: [text('model', { primary: true }), integer('total'), integer('applied'), bigint('last_at')],
        foreignKeys,
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['decision_counts', 'decisions']) await runner.dropTable(table);
  }
}
