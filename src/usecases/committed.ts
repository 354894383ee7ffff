import type { Version } from '../domain/records.js';
import type { Deps, StagedFolders, Tx } from '../ports.js';

/** What a transaction on a model hands over: its result, and the versions whose folders must follow. */
export interface Change<T> {
  readonly result: T;
  readonly versions: readonly Version[];
}

/**
 * Runs a change of a model's versions: the folders are staged before the commit, so that a full or read-only disk refuses the change
 * while nothing has happened; after the commit only renames are left. A process that dies in between is repaired at its next start.
 */
export async function committed<T>(deps: Deps, model: string, work: (tx: Tx) => Promise<Change<T>>): Promise<T> {
  let staged: StagedFolders | null = null;
  let result: T;
  try {
    result = await deps.store.inTransaction(async (tx) => {
      await staged?.discard();
      const change = await work(tx);
      deps.failpoint('before-stage');
      staged = await deps.folders.stage(change.versions);
      deps.failpoint('before-commit');
      return change.result;
    });
  } catch (error) {
    await (staged as StagedFolders | null)?.discard();
    throw error;
  }
  deps.failpoint('after-commit');
  await (staged as StagedFolders | null)?.apply();
  deps.failpoint('after-apply');
  await deps.folders.registryChanged(model);
  return result;
}
