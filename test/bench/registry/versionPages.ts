import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { versionId, versionSortKey } from '../../../src/domain/semver.js';
import type { VersionFilter, VersionOrder } from '../../../src/ports.js';
import { sqliteWriter } from '../../../src/storage/dataSources.js';
import { bucketsOf } from '../../../src/storage/metricBuckets.js';
import { type OpenStore, openStore } from '../../../src/storage/openStore.js';
import { median } from '../median.js';

const STATUSES = ['REJECTED', 'ARCHIVED', 'CHALLENGER', 'REJECTED', 'REJECTED'] as const;
const METRICS = ['accuracy', 'f1'] as const;
const BATCH = 20_000;
const WARM_UP = 50;
const ROUNDS = 300;

interface Case {
  readonly name: string;
  readonly filter: VersionFilter;
  readonly order: VersionOrder;
}

const byAccuracy = (direction: 'ASC' | 'DESC'): VersionOrder => ({ field: 'METRIC', metric: 'accuracy', direction });
const CASES: readonly Case[] = [
  { name: 'all, by version', filter: {}, order: { field: 'VERSION', direction: 'DESC' } },
  { name: 'two statuses, by time', filter: { status: ['ARCHIVED', 'CHALLENGER'] }, order: { field: 'CREATED_AT', direction: 'DESC' } },
  { name: 'all, by metric', filter: {}, order: byAccuracy('DESC') },
  {
    name: 'one status, metric >= 95, by metric',
    filter: { status: ['ARCHIVED'], metric: { name: 'accuracy', min: 95 } },
    order: byAccuracy('DESC'),
  },
  {
    name: 'three statuses, 95.2 <= metric <= 97.6, by metric',
    filter: { status: ['ARCHIVED', 'CHALLENGER', 'REJECTED'], metric: { name: 'accuracy', min: 95.2, max: 97.6 } },
    order: byAccuracy('ASC'),
  },
];

/** Repeatable noise in [0, 1). */
function noise(i: number): number {
  return ((Math.imul(i, 0x9e3779b1) >>> 0) % 1_000_003) / 1_000_003;
}

interface Filled {
  id: string;
  version: string;
  key: string;
  status: string;
  at: number;
  metrics: { name: string; value: number }[];
}

function filled(i: number): Filled {
  const version = `1.${Math.floor(i / 1000)}.${i % 1000}`;
  const metrics = METRICS.map((name, m) => ({ name, value: 90 + 10 * noise(i * 2 + m) }));
  const status = STATUSES[i % STATUSES.length] ?? 'REJECTED';
  return { id: versionId('m', version), version, key: versionSortKey(version), status, at: 1_770_000_000_000 + i, metrics };
}

async function insertVersions(db: DataSource, rows: readonly Filled[]): Promise<void> {
  const json = JSON.stringify(rows);
  await db.query(
    `INSERT INTO versions (id, model, version, version_key, status, created_at, metrics, training_config, files, outputs, tags, search_text)
     SELECT value ->> 'id', 'm', value ->> 'version', value ->> 'key', value ->> 'status', value ->> 'at',
       value -> 'metrics', 'null', '[]', '[]', '[]', value ->> 'id' FROM json_each(?)`,
    [json],
  );
  await db.query(
    `INSERT INTO metric_index (version_id, metric, model, status, value, version_key)
     SELECT v.value ->> 'id', m.value ->> 'name', 'm', v.value ->> 'status', m.value ->> 'value', v.value ->> 'key'
     FROM json_each(?) v, json_each(v.value, '$.metrics') m`,
    [json],
  );
}

/** Rows as registrations would have left them, written in bulk. */
async function fill(db: DataSource, size: number): Promise<void> {
  const counts = new Map<string, [number, string, number, string, number]>();
  const perStatus = new Map<string, number>();
  await db.query(`INSERT INTO models (name, created_at, revision, tasks, search_text) VALUES ('m', 1, 1, '[]', 'm')`);
  for (let from = 0; from < size; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, size - from) }, (_, i) => filled(from + i));
    await insertVersions(db, rows);
    for (const { status, metrics } of rows) {
      perStatus.set(status, (perStatus.get(status) ?? 0) + 1);
      for (const { name, value } of metrics) {
        for (const { level, low } of bucketsOf(value)) {
          const key = `${level} ${name} ${low} ${status}`;
          const entry = counts.get(key) ?? [level, name, low, status, 0];
          entry[4] += 1;
          counts.set(key, entry);
        }
      }
    }
  }
  const all = [...counts.values()];
  for (let from = 0; from < all.length; from += BATCH) {
    await db.query(
      `INSERT INTO metric_counts (model, level, metric, low, status, n)
       SELECT 'm', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)`,
      [JSON.stringify(all.slice(from, from + BATCH))],
    );
  }
  for (const [status, n] of perStatus) await db.query(`INSERT INTO version_counts (model, status, n) VALUES ('m', ?, ?)`, [status, n]);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export interface PageTime {
  readonly name: string;
  readonly versions: number;
  /** Medians of a second page of 20, and of its total. */
  readonly pageMs: number;
  readonly countMs: number;
}

interface Sized {
  readonly size: number;
  readonly open: OpenStore;
}

async function openFilled(directory: string, size: number): Promise<Sized> {
  const file = join(directory, `${size}.db`);
  await (await openStore({ url: `sqlite:${file}` })).close();
  const db = await sqliteWriter(file).initialize();
  await fill(db, size);
  await db.destroy();
  return { size, open: await openStore({ url: `sqlite:${file}` }) };
}

/** The sizes take turns, so that what else the machine does falls on all of them alike. */
async function measure({ name, filter, order }: Case, stores: readonly Sized[]): Promise<PageTime[]> {
  const runs = await Promise.all(
    stores.map(async ({ size, open }) => {
      const { reads } = open.store;
      const after = (await reads.versionPage('m', filter, order, { first: 20, after: null })).cursors.at(-1) ?? null;
      const page = (): Promise<unknown> => reads.versionPage('m', filter, order, { first: 20, after });
      const count = (): Promise<unknown> => reads.versionCount('m', filter, order);
      return { size, page, count, pages: [] as number[], counts: [] as number[] };
    }),
  );
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const run of runs) {
      const times = [await milliseconds(run.page), await milliseconds(run.count)] as const;
      if (round < WARM_UP) continue;
      run.pages.push(times[0]);
      run.counts.push(times[1]);
    }
  }
  return runs.map((run) => ({ name, versions: run.size, pageMs: median(run.pages), countMs: median(run.counts) }));
}

/** Page and total of the lists that must cost the same at any size, on SQLite, at each of the sizes. */
export async function versionPages(sizes: readonly number[]): Promise<PageTime[]> {
  const directory = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  const stores: Sized[] = [];
  try {
    for (const size of sizes) stores.push(await openFilled(directory, size));
    const times: PageTime[] = [];
    for (const list of CASES) times.push(...(await measure(list, stores)));
    return times;
  } finally {
    for (const { open } of stores) await open.close();
    await rm(directory, { recursive: true, force: true });
  }
}
