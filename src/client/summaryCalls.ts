import { CHECKPOINT_FIELDS, type Checkpoint } from './checkpoint.js';
import type { Connection } from './connection.js';
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
const CHECKPOINT = operation<{ checkpoint: Checkpoint }, Record<string, never>>(`query Checkpoint { checkpoint { ${CHECKPOINT_FIELDS} } }`);

export interface SummaryCalls {
  summary(): Promise<RegistrySummary>;
  checkpoint(): Promise<Checkpoint>;
}

export function summaryCalls({ query }: Connection): SummaryCalls {
  return {
    summary: async () => (await query(SUMMARY)).registrySummary,
    checkpoint: async () => (await query(CHECKPOINT)).checkpoint,
  };
}
