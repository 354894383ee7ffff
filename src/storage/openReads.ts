import type { Reads } from '../ports.js';
import { parseDatabaseUrl } from './databaseUrl.js';
import { postgresPool, sqliteReader } from './dataSources.js';
import { createReads } from './reads.js';
import { Session } from './session.js';
import { storageError } from './storageError.js';

/** Reads beside a server that may be running: changes nothing, migrates nothing. Throws DATABASE_DAMAGED and its kin. */
export async function openReads(url: string): Promise<{ reads: Reads; close(): Promise<void> }> {
  const target = parseDatabaseUrl(url);
  const source = target.kind === 'sqlite' ? sqliteReader(target.file) : postgresPool(target.url);
  try {
    await source.initialize();
  } catch (error) {
    throw storageError(error);
  }
  return { reads: createReads(new Session(source.manager, target.kind)), close: () => source.destroy() };
}
