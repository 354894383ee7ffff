import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { columnsFor, references } from './columns.js';

/** Webhooks with their place in the log, and what became of each event on its way to each of them. */
export class Webhooks1760000000008 implements MigrationInterface {
  readonly name = 'Webhooks1760000000008';

  async up(runner: QueryRunner): Promise<void> {
    const { text, integer, bigint } = columnsFor(runner);
    await runner.createTable(
      new Table({
        name: 'webhooks',
        columns: [
          text('id', { primary: true }),
          text('name'),
          text('url'),
          text('types', { nullable: true }),
          text('model', { nullable: true }),
          integer('active'),
          bigint('seq'),
          bigint('created_at'),
          bigint('failing_since', { nullable: true }),
          text('disabled_reason', { nullable: true }),
          text('secret'),
          text('previous_secret', { nullable: true }),
          bigint('previous_until', { nullable: true }),
          text('lease_owner', { nullable: true }),
          bigint('lease_until', { nullable: true }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'webhook_deliveries',
        columns: [
          text('webhook', { primary: true }),
          bigint('seq', { primary: true }),
          text('status'),
          integer('attempts'),
          integer('response_status', { nullable: true }),
          text('error', { nullable: true }),
          bigint('first_attempt_at'),
          bigint('last_attempt_at'),
          bigint('next_attempt_at', { nullable: true }),
        ],
        foreignKeys: [references('webhook', 'webhooks', 'id')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhook_deliveries', 'webhooks']) await runner.dropTable(table);
  }
}
