import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from './postgres.js';

/** A database server for one test file. */
export interface Databases {
  readonly name: 'sqlite' | 'postgres';
  /** Before all tests. */
  start(): Promise<void>;
  /** URL of a fresh, empty database. */
  create(): Promise<string>;
  /** After all tests. */
  stop(): Promise<void>;
}

function sqlite(): Databases {
  let directory = '';
  let made = 0;
  return {
    name: 'sqlite',
    async start() {
      directory = await mkdtemp(join(tmpdir(), 'juara-sqlite-'));
    },
    async create() {
      made += 1;
      return `sqlite:${join(directory, `${made}.db`)}`;
    },
    stop: () => rm(directory, { recursive: true, force: true }),
  };
}

function postgres(): Databases {
  let server: PostgresServer | null = null;
  return {
    name: 'postgres',
    async start() {
      server = await startPostgres();
    },
    async create() {
      if (server === null) throw new Error('start() comes first');
      return server.createDatabase();
    },
    async stop() {
      await server?.stop();
    },
  };
}

/** Both databases, for a suite that runs on each. */
export function bothDatabases(): Databases[] {
  return [sqlite(), postgres()];
}
