import { type ErrorCode, JuaraError } from '../domain/errors.js';

type Translation = readonly [ErrorCode, string];

const FULL: Translation = ['STORAGE_FULL', 'the database has no space left; nothing was changed: free some space and try again'];
const READ_ONLY: Translation = [
  'STORAGE_READ_ONLY',
  'the database may not be opened or written to; nothing was changed: check that its file and directory exist and are writable',
];
const DAMAGED: Translation = ['DATABASE_DAMAGED', 'the database cannot be read: restore a backup, or run `juara rebuild`'];
const BUSY: Translation = ['CONFLICT', 'another process holds the database locked; nothing was changed: try again'];

/** SQLite's result codes, system errors, and PostgreSQL's SQLSTATEs. */
const BY_CODE: Readonly<Record<string, Translation>> = {
  SQLITE_FULL: FULL,
  ENOSPC: FULL,
  EDQUOT: FULL,
  '53100': FULL,
  SQLITE_READONLY: READ_ONLY,
  SQLITE_CANTOPEN: READ_ONLY,
  SQLITE_PERM: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EROFS: READ_ONLY,
  ENOTDIR: READ_ONLY,
  EEXIST: READ_ONLY,
  EISDIR: READ_ONLY,
  '25006': READ_ONLY,
  '42501': READ_ONLY,
  SQLITE_NOTADB: DAMAGED,
  SQLITE_CORRUPT: DAMAGED,
  XX001: DAMAGED,
  XX002: DAMAGED,
  SQLITE_BUSY: BUSY,
  '40001': BUSY,
  '40P01': BUSY,
};

const BY_TABLE: Readonly<Record<string, Translation>> = {
  models: ['MODEL_EXISTS', 'a model of this name exists already: choose another name'],
  versions: ['VERSION_EXISTS', 'the version is registered already and never changes: register the next one'],
  benchmarks: ['BENCHMARK_EXISTS', 'a benchmark of this name exists already and never changes: choose another name'],
  training_events: ['TRAINING_EVENT_EXISTS', 'the training pool holds an event of this id already'],
};
const TAKEN: Translation = ['CONFLICT', 'somebody else has written the same at the same moment; nothing was changed: read it again'];
const DANGLING: Translation = ['CONFLICT', 'what the change refers to does not exist; nothing was changed: read it again'];

interface DriverError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly table?: unknown;
  readonly driverError?: unknown;
}

function driverError(error: unknown): DriverError | null {
  if (typeof error !== 'object' || error === null) return null;
  const { driverError: inner } = error as DriverError;
  return typeof inner === 'object' && inner !== null ? (inner as DriverError) : (error as DriverError);
}

/** The database's own code of a failure: SQLITE_..., a SQLSTATE, or an errno name; null where there is none. */
export function driverCode(error: unknown): string | null {
  const code = driverError(error)?.code;
  return typeof code === 'string' ? code : null;
}

function translation(error: unknown): Translation | null {
  const code = driverCode(error) ?? '';
  const { message, table } = driverError(error) ?? {};
  const text = String(message);
  if (code === '23505') return BY_TABLE[String(table)] ?? TAKEN;
  if (code === '23503') return DANGLING;
  if (code === 'SQLITE_CONSTRAINT') {
    const unique = /UNIQUE constraint failed: (\w+)\./.exec(text)?.[1];
    if (unique !== undefined) return BY_TABLE[unique] ?? TAKEN;
    return text.includes('FOREIGN KEY') ? DANGLING : null;
  }
  return BY_CODE[code] ?? null;
}

/** The error that a user is to see; an error without a public code comes back as it is. */
export function storageError(error: unknown): unknown {
  if (error instanceof JuaraError) return error;
  const known = translation(error);
  return known === null ? error : new JuaraError(known[0], known[1], {}, { cause: error });
}
