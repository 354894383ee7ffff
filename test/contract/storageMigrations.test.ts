import { copyFile, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALL_MIGRATIONS } from '../../migrations/allMigrations.js';
import { Signatures1760000000011 } from '../../migrations/Signatures1760000000011.js';
import { parseDatabaseUrl } from '../../src/storage/databaseUrl.js';
import { postgresPool, sqliteReader, sqliteWriter } from '../../src/storage/dataSources.js';
import { openStore } from '../../src/storage/openStore.js';
import { sql } from '../../src/storage/sql.js';
import { SqliteDatabase } from '../../src/storage/sqliteDatabase.js';
import { storageError } from '../../src/storage/storageError.js';
import { bothDatabases } from '../support/databases.js';
import { aBenchmark, anEvaluation } from '../support/evidenceRecords.js';
import { aDecision, aModel, anEvent, aPolicy, aToken, aTrainingEvent, aVersion } from '../support/storageRecords.js';
import { aWebhook, SECRETS } from '../support/webhookRecords.js';

function dataSource(url: string): DataSource {
  const target = parseDatabaseUrl(url);
  return target.kind === 'sqlite' ? sqliteWriter(target.file) : postgresPool(target.url);
}

/** A row in every table. */
async function populate(url: string): Promise<void> {
  const { store, close } = await openStore({ url });
  await store.inTransaction(async (tx) => {
    await tx.insertModel(aModel('m'));
    await tx.insertPolicy(aPolicy('m', 1));
    await tx.insertVersion(aVersion('m', '1.0.0'));
    await tx.insertVersion(aVersion('m', '1.0.1'));
    await tx.insertDecision(aDecision('d', 'm'));
    await tx.insertTrainingEvents([aTrainingEvent('m', 'GTO')]);
    await tx.insertToken(aToken('t'));
    await tx.insertWebhook(aWebhook('w'), SECRETS);
    const attempt = { webhook: 'w', seq: 1, status: 'DELIVERED', responseStatus: 204, error: null, at: 1, nextAttemptAt: null } as const;
    await tx.recordWebhookAttempt(attempt);
    await tx.insertBenchmark(aBenchmark('b'));
    await tx.insertEvaluation(anEvaluation('e', 'm', '1.0.0', 'b'));
    await tx.rememberIdempotency({ operation: 'o', key: 'k', inputHash: 'h', result: {} });
    const event = await tx.append(anEvent('PROMOTED', 'm'));
    await tx.openReign({ model: 'm', version: '1.0.0', from: 1, until: null, eventSeq: event.seq });
  });
  await close();
}

const TABLES = [
  'models',
  'reigns',
  'policies',
  'versions',
  'metric_index',
  'tag_index',
  'file_index',
  'metric_counts',
  'version_counts',
  'decisions',
  'decision_counts',
  'training_events',
  'events',
  'tokens',
  'idempotency',
  'webhooks',
  'webhook_deliveries',
  'benchmarks',
  'evaluations',
];

async function rowCounts(source: DataSource): Promise<Record<string, number>> {
  const runner = source.createQueryRunner();
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    if (!(await runner.hasTable(table))) continue;
    const [row] = await runner.query(`SELECT COUNT(*) AS n FROM ${table}`);
    counts[table] = Number(row.n);
  }
  await runner.release();
  return counts;
}

describe.each(bothDatabases())('migrations on $name', (databases) => {
  let url: string;
  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    url = await databases.create();
    await populate(url);
  });

  it('go down one by one on populated tables without harming the others, and up again', async () => {
    const source = await dataSource(url).initialize();
    try {
      const full = await rowCounts(source);
      expect(Object.keys(full)).toEqual(TABLES);
      expect(Object.values(full).every((n) => n > 0)).toBe(true);
      for (const _ of ALL_MIGRATIONS) {
        await source.undoLastMigration({ transaction: 'each' });
        const left = await rowCounts(source);
        expect(left).toEqual(Object.fromEntries(Object.keys(left).map((table) => [table, full[table]])));
        if (databases.name === 'sqlite') expect(await source.query('PRAGMA foreign_key_check')).toEqual([]);
      }
      expect(await rowCounts(source)).toEqual({});
    } finally {
      await source.destroy();
    }
    await populate(url);
    const { store, close } = await openStore({ url });
    expect(await store.reads.version('m_v1.0.0')).toEqual(aVersion('m', '1.0.0'));
    await close();
  });

  it('put signatures beside versions that have none', async () => {
    const source = await dataSource(url).initialize();
    for (const migration of ALL_MIGRATIONS.toReversed()) {
      await source.undoLastMigration({ transaction: 'each' });
      if (migration === Signatures1760000000011) break;
    }
    const runner = source.createQueryRunner();
    expect(await runner.hasColumn('versions', 'signatures')).toBe(false);
    await runner.release();
    await source.destroy();
    const { store, close } = await openStore({ url });
    expect(await store.reads.version('m_v1.0.0')).toEqual(aVersion('m', '1.0.0', { signatures: [] }));
    await close();
  });

  it('leave a database as it is when it is opened again', async () => {
    const source = await dataSource(url).initialize();
    const before = await rowCounts(source);
    await populate(url).catch((error) => expect(error).toMatchObject({ code: 'MODEL_EXISTS' }));
    expect(await rowCounts(source)).toEqual(before);
    if (databases.name === 'sqlite') expect(await source.query('PRAGMA foreign_key_check')).toEqual([]);
    await source.destroy();
  });

  it('refuse a database of a newer release, and change nothing in it', async () => {
    const source = await dataSource(url).initialize();
    await source.query(`INSERT INTO juara_migrations (timestamp, name) VALUES (1999999999999, 'FromTheFuture1999999999999')`);
    await expect(openStore({ url })).rejects.toMatchObject({ code: 'DATABASE_TOO_NEW', message: expect.stringContaining('FromTheFuture') });
    await source.destroy();
  });

  it('run once where several nodes start at the same moment', async () => {
    const fresh = await databases.create();
    if (databases.name === 'sqlite') return;
    const all = await Promise.all([1, 2, 3].map(() => openStore({ url: fresh })));
    const heads = await Promise.all(all.map(({ store }) => store.reads.head()));
    expect(new Set(heads.map((head) => head.registryId)).size).toBe(1);
    for (const { close } of all) await close();
  });
});

describe('a database that cannot be used', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'juara-storage-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is damaged where the file is none, or was overwritten', async () => {
    const file = join(directory, 'text.db');
    await writeFile(file, 'this is not a database, but it is long enough to hold a header of one hundred bytes. '.repeat(3));
    await expect(openStore({ url: `sqlite:${file}` })).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
    const good = join(directory, 'good.db');
    await populate(`sqlite:${good}`);
    const bad = join(directory, 'bad.db');
    await copyFile(good, bad);
    const handle = await open(bad, 'r+');
    await handle.write(Buffer.alloc(60_000, 0x5a), 0, 60_000, 4_096);
    await handle.close();
    const reading = openStore({ url: `sqlite:${bad}` }).then(async ({ store, close }) => {
      await store.reads.versionSweep(null, null, 100).finally(close);
    });
    await expect(reading).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
  });

  it('is read-only where its place is a directory or lies below a file', async () => {
    await mkdir(join(directory, 'sub'));
    await writeFile(join(directory, 'file'), '');
    await expect(openStore({ url: `sqlite:${directory}/sub` })).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    await expect(openStore({ url: `sqlite:${directory}/file/x.db` })).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
  });

  it('is malformed as a URL without the URL being repeated', async () => {
    for (const url of ['mysql://root:secret@host/db', 'sqlite:', 'sqlite::memory:', '']) {
      const failure = await openStore({ url }).catch((error: Error) => error);
      expect(failure).toMatchObject({ code: 'CONFIG_INVALID' });
      expect(String(failure)).not.toContain('secret');
    }
  });

  it('is full: the transaction is undone as a whole, and the next one works again', async () => {
    const file = join(directory, 'full.db');
    await populate(`sqlite:${file}`);
    const writer = await sqliteWriter(file).initialize();
    const reader = await sqliteReader(file).initialize();
    const database = new SqliteDatabase(writer, reader, () => undefined);
    const [{ page_count: pages }] = await writer.query('PRAGMA page_count');
    await writer.query(`PRAGMA max_page_count = ${pages + 2}`);
    const add = (name: string, text: string): Promise<void> =>
      database.transaction(async (session) => {
        await session.run(sql`UPDATE models SET revision = revision + 1`);
        await session.run(sql`INSERT INTO idempotency (operation, key, input_hash, result) VALUES (${name}, 'key', 'hash', ${text})`);
      });
    const failure = await add('big', 'x'.repeat(100_000)).catch(storageError);
    expect(failure).toMatchObject({ code: 'STORAGE_FULL' });
    await add('small', 'x');
    expect(await database.reads.rows(sql`SELECT operation FROM idempotency ORDER BY operation`)).toEqual([
      { operation: 'o' },
      { operation: 'small' },
    ]);
    expect(await database.reads.rows(sql`SELECT revision FROM models`)).toEqual([{ revision: 2 }]);
    await expect(reader.query('DELETE FROM models').catch((error) => Promise.reject(storageError(error)))).rejects.toMatchObject({
      code: 'STORAGE_READ_ONLY',
    });
    await database.close();
  });

  it('is durable: WAL, full synchronisation and foreign keys are on', async () => {
    const file = join(directory, 'durable.db');
    const { store, close } = await openStore({ url: `sqlite:${file}` });
    await expect(store.inTransaction((tx) => tx.insertVersion(aVersion('nobody', '1.0.0')))).rejects.toMatchObject({ code: 'CONFLICT' });
    const second = await sqliteReader(file).initialize();
    expect(await second.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    await second.destroy();
    await close();
  });
});
