import { CHECKPOINT_FIELDS, type Checkpoint } from './checkpoint.js';
import type { Connection } from './connection.js';
import type { LogGuard } from './logGuard.js';
import { operation } from './operation.js';

export interface RegistrySummary {
  readonly models: number;
  readonly versions: number;
  readonly archiveCount: number;
  readonly validatedEventsCount: number;
  /** Promotion decisions taken, those that changed a champion, and those that did not. */
  readonly totalRuns: number;
  readonly successfulUpdates: number;
  readonly failedUpdates: number;
  readonly lastRun: string | null;
  readonly checkpoint: Checkpoint;
}

const SUMMARY = operation<{ registrySummary: RegistrySummary }, Record<string, never>>(
  `query Summary { registrySummary {
    models versions archiveCount validatedEventsCount totalRuns successfulUpdates failedUpdates lastRun checkpoint { ${CHECKPOINT_FIELDS} }
  } }`,
);

export interface SummaryCalls {
  summary(): Promise<RegistrySummary>;
  /** The log as it stands, held against the last checkpoint. Throws LOG_TRUNCATED, LOG_REWRITTEN, CHECKPOINT_FORGED. */
  checkpoint(): Promise<Checkpoint>;
}

export function summaryCalls({ query }: Connection, guard: LogGuard): SummaryCalls {
  return {
    summary: async () => {
      const { registrySummary } = await query(SUMMARY);
      await guard.note(registrySummary.checkpoint);
      return registrySummary;
    },
    checkpoint: () => guard.check(),
  };
}
