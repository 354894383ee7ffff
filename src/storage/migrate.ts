import type { DataSource, QueryRunner } from 'typeorm';
import { ALL_MIGRATIONS } from '../../migrations/allMigrations.js';
import { JuaraError } from '../domain/errors.js';

const TABLE = 'juara_migrations';
/** Any number that no other user of the database takes for an advisory lock: "juara" in ASCII. */
const LOCK = 0x6a75617261;

/** Brings the schema up to this release; DATABASE_TOO_NEW where a newer one was here before. */
export async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  const postgres = source.options.type === 'postgres';
  try {
    // Two nodes that start at once must not both create the tables.
    if (postgres) await runner.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await refuseNewer(runner);
    await source.runMigrations({ transaction: 'all' });
  } finally {
    if (postgres) await runner.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    await runner.release();
  }
}

async function refuseNewer(runner: QueryRunner): Promise<void> {
  if (!(await runner.hasTable(TABLE))) return;
  const applied: { name: string }[] = await runner.query('SELECT name FROM juara_migrations ORDER BY id');
  const known = new Set<string>(ALL_MIGRATIONS.map((migration) => migration.name));
  const unknown = applied.find(({ name }) => !known.has(name));
  if (unknown === undefined) return;
  throw new JuaraError(
    'DATABASE_TOO_NEW',
    `the database has the migration ${unknown.name}, which this release does not know: start the newer release, or restore an older backup`,
  );
}
