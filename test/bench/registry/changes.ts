import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { loadConfig } from '../../../src/config.js';
import { SYSTEM } from '../../../src/domain/actor.js';
import { startServer } from '../../../src/main.js';
import type { Deps } from '../../../src/ports.js';
import { PreparedSqlite } from '../../../src/storage/preparedSqlite.js';
import { createModel } from '../../../src/usecases/createModel.js';
import { promote } from '../../../src/usecases/promote.js';
import { registerVersion } from '../../../src/usecases/registerVersion.js';
import { median } from '../median.js';

const METRICS = ['magnitude_accuracy', 'azimuth_accuracy', 'magnitude_f1', 'azimuth_f1', 'magnitude_mcc', 'magnitude_false_positive_rate'];
const WRITES = /^\s*(INSERT|UPDATE|BEGIN|COMMIT)/;

export interface ChangeTime {
  readonly name: string;
  /** Medians, in milliseconds. */
  readonly juara: number;
  readonly bare: number;
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Everything that the registry writes to its database from now on, statement by statement. */
function recordWrites(): Statement[] {
  const written: Statement[] = [];
  for (const method of ['run', 'all'] as const) {
    const original = PreparedSqlite.prototype[method] as (this: PreparedSqlite, text: string, ...rest: unknown[]) => PreparedSqlite;
    PreparedSqlite.prototype[method] = function (this: PreparedSqlite, text: string, ...rest: unknown[]): PreparedSqlite {
      const values = Array.isArray(rest[0]) ? rest[0] : [];
      if (WRITES.test(text)) written.push({ text, values });
      return original.call(this, text, ...rest);
    };
  }
  return written;
}

/** Registering and promoting through the use cases, folders and all, against bare sqlite3 writing the same rows with the same fsyncs. */
export async function changes(rounds: number): Promise<ChangeTime[]> {
  const home = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  const written = recordWrites();
  const server = await startServer(loadConfig({ JUARA_HOME: home, JUARA_PORT: '0', JUARA_LOG_LEVEL: 'error' }));
  try {
    const databaseOnly: Deps = { ...server.deps, folders: NO_FOLDERS };
    const times: ChangeTime[] = [];
    for (const [model, deps, what] of [
      ['d', databaseOnly, 'database'],
      ['f', server.deps, 'database, folders, registry document'],
    ] as const) {
      await createModel(server.deps, SYSTEM, { name: model });
      const steps = [
        { name: `register a version with 6 metrics (${what})`, run: (i: number) => register(deps, model, i) },
        {
          name: `promote it over the champion (${what})`,
          run: (i: number) => promote(deps, SYSTEM, { model, version: `1.0.${i}`, overrideReason: 'bench' }),
        },
      ];
      for (const { name, run } of steps) {
        await checkpointFile(join(home, 'juara.db'));
        const copy = join(home, `${times.length}.db`);
        await cp(join(home, 'juara.db'), copy);
        written.length = 0;
        const juara: number[] = [];
        for (let i = 0; i < rounds; i++) juara.push(await timed(() => run(i)));
        times.push({ name, juara: median(juara), bare: median(await replay(copy, [...written])) });
      }
    }
    return times;
  } finally {
    await server.stop();
    await rm(home, { recursive: true });
  }
}

/** The mirror on disk costs system calls that the database knows nothing of: the first measure leaves it out. */
const NO_FOLDERS: Deps['folders'] = {
  stage: async () => ({ apply: async () => undefined, discard: async () => undefined }),
  registryChanged: async () => undefined,
  registryDocument: async () => null,
  readMetadata: async () => null,
};

function register(deps: Deps, model: string, i: number): Promise<unknown> {
  const metrics = METRICS.map((name, m) => ({ name, value: 90 + ((i * 7 + m * 13) % 100) / 10 }));
  return registerVersion(deps, SYSTEM, { model, version: `1.0.${i}`, metrics });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, (error) => (error === null ? resolve(database) : reject(error)));
  });
}

const call = (run: (done: (error: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => run((error) => (error === null ? resolve() : reject(error))));

/** Folds the write-ahead log into the file, so that a copy of the file is whole. */
async function checkpointFile(file: string): Promise<void> {
  const database = await open(file);
  await call((done) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)', done));
  await call((done) => database.close(done));
}

/** The same transactions, by sqlite3 alone with prepared statements; milliseconds of each. */
async function replay(file: string, statements: readonly Statement[]): Promise<number[]> {
  const database = await open(file);
  await call((done) => database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON', done));
  const prepared = new Map<string, sqlite3.Statement>();
  const times: number[] = [];
  let start = 0;
  for (const { text, values } of statements) {
    if (/^\s*BEGIN/.test(text)) start = performance.now();
    const statement = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, statement);
    await call((done) => statement.run(values, done));
    if (/^\s*COMMIT/.test(text)) times.push(performance.now() - start);
  }
  for (const statement of prepared.values()) statement.finalize();
  await call((done) => database.close(done));
  return times;
}
