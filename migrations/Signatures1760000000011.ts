import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signatures of versions. Plain SQL that both databases know: TypeORM's addColumn makes SQLite's whole table anew, which other tables
 * refer to.
 */
export class Signatures1760000000011 implements MigrationInterface {
  readonly name = 'Signatures1760000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE versions ADD COLUMN signatures text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE versions DROP COLUMN signatures');
  }
}
