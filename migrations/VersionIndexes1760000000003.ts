import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { columnsFor, references } from './columns.js';

/** What storage derives from each version, so that lists and totals cost the same at a thousand versions and at a million. */
export class VersionIndexes1760000000003 implements MigrationInterface {
  readonly name = 'VersionIndexes1760000000003';

  async up(runner: QueryRunner): Promise<void> {
    await createIndexTables(runner);
    await createCountTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['version_counts', 'metric_counts', 'file_index', 'tag_index', 'metric_index']) await runner.dropTable(table);
  }
}

async function createIndexTables(runner: QueryRunner): Promise<void> {
  const { text, real } = columnsFor(runner);
  const foreignKeys = [references('version_id', 'versions', 'id')];
  await runner.createTable(
    new Table({
      name: 'metric_index',
      columns: [
        text('version_id', { primary: true }),
        text('metric', { primary: true }),
        text('model'),
        text('status'),
        real('value'),
        text('version_key'),
      ],
      foreignKeys,
      indices: [new TableIndex({ name: 'metrics_by_value', columnNames: ['model', 'metric', 'status', 'value', 'version_key'] })],
    }),
  );
  await runner.createTable(
    new Table({
      name: 'tag_index',
      columns: [
        text('version_id', { primary: true }),
        text('tag_key', { primary: true }),
        text('tag_value', { primary: true }),
        text('model'),
        text('status'),
        text('version_key'),
      ],
      foreignKeys,
      indices: [new TableIndex({ name: 'tags_by_version', columnNames: ['model', 'tag_key', 'tag_value', 'status', 'version_key'] })],
    }),
  );
  await runner.createTable(
    new Table({
      name: 'file_index',
      withoutRowid: true,
      columns: [text('sha256', { primary: true }), text('version_id', { primary: true })],
      foreignKeys,
      indices: [new TableIndex({ name: 'files_by_version', columnNames: ['version_id'] })],
    }),
  );
}

async function createCountTables(runner: QueryRunner): Promise<void> {
  const { text, integer, real } = columnsFor(runner);
  const foreignKeys = [references('model', 'models', 'name')];
  await runner.createTable(
    new Table({
      name: 'metric_counts',
      withoutRowid: true,
      columns: [
        text('model', { primary: true }),
        integer('level', { primary: true }),
        text('metric', { primary: true }),
        real('low', { primary: true }),
        text('status', { primary: true }),
        integer('n'),
      ],
      foreignKeys,
    }),
  );
  await runner.createTable(
    new Table({
      name: 'version_counts',
      withoutRowid: true,
      columns: [text('model', { primary: true }), text('status', { primary: true }), integer('n')],
      foreignKeys,
    }),
  );
}
