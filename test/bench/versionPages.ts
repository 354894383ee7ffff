import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { versionId, versionSortKey } from '../../src/domain/semver.js';
import type { Store, VersionFilter, VersionOrder } from '../../src/ports.js';
import { sqliteWriter } from '../../src/storage/dataSources.js';
import { bucketsOf } from '../../src/storage/metricBuckets.js';
import { openStore } from '../../src/storage/openStore.js';

const STATUSES = ['REJECTED', 'ARCHIVED', 'CHALLENGER', 'REJECTED', 'REJECTED'] as const;
const METRICS = ['accuracy', 'f1'] as const;
const BATCH = 20_000;

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

async function milliseconds(work: () => Promise<unknown>, repeats: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < repeats; i += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

export interface PageTime {
  readonly name: string;
  readonly versions: number;
  /** Medians. */
  readonly pageMs: number;
  readonly countMs: number;
}

async function measure(store: Store, versions: number): Promise<PageTime[]> {
  const times: PageTime[] = [];
  for (const { name, filter, order } of CASES) {
    const first = await store.reads.versionPage('m', filter, order, { first: 20, after: null });
    const after = first.cursors.at(-1) ?? null;
    const page = (): Promise<unknown> => store.reads.versionPage('m', filter, order, { first: 20, after });
    const count = (): Promise<unknown> => store.reads.versionCount('m', filter, order);
    await milliseconds(page, 50);
    await milliseconds(count, 50);
    times.push({ name, versions, pageMs: await milliseconds(page, 200), countMs: await milliseconds(count, 200) });
  }
  return times;
}

/** Page and total of the lists that must cost the same at any size, on SQLite, at each of the sizes. */
export async function versionPages(sizes: readonly number[]): Promise<PageTime[]> {
  const directory = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  const times: PageTime[] = [];
  try {
    for (const size of sizes) {
      const file = join(directory, `${size}.db`);
      await (await openStore({ url: `sqlite:${file}` })).close();
      const db = await sqliteWriter(file).initialize();
      await fill(db, size);
      await db.destroy();
      const { store, close } = await openStore({ url: `sqlite:${file}` });
      times.push(...(await measure(store, size)));
      await close();
    }
    return times;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
