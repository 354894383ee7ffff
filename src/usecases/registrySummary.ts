import type { Actor } from '../domain/actor.js';
import type { Checkpoint } from '../domain/checkpoint.js';
import type { Deps } from '../ports.js';

export interface RegistrySummary {
  readonly models: number;
  readonly versions: number;
  readonly archiveCount: number;
  readonly validatedEventsCount: number;
  readonly totalRuns: number;
  readonly successfulUpdates: number;
  readonly failedUpdates: number;
  readonly lastRun: number | null;
  readonly checkpoint: Checkpoint;
}

/** Counts over the models that the actor may see; runs are the decisions taken here and those that imported registries told of. */
export async function registrySummary(deps: Deps, actor: Actor): Promise<RegistrySummary> {
  const reads = deps.store.reads;
  const [counts, imported, head] = await Promise.all([reads.counts(actor.models), reads.importedRuns(actor.models), reads.head()]);
  const times = [counts.lastDecision, imported.last].filter((t) => t !== null);
  return {
    models: counts.models,
    versions: counts.versions,
    archiveCount: counts.archived,
    validatedEventsCount: counts.validatedEvents,
    totalRuns: counts.decisions + imported.total,
    successfulUpdates: counts.applied + imported.successful,
    failedUpdates: counts.decisions - counts.applied + imported.failed,
    lastRun: times.length === 0 ? null : Math.max(...times),
    checkpoint: deps.signer.checkpoint(head),
  };
}
