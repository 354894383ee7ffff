import type { Checkpoint } from './checkpoint.js';

/** Where a client keeps the last checkpoint that it has held the log against. Never called twice at once by one client. */
export interface CheckpointStore {
  load(): Promise<Checkpoint | null>;
  save(checkpoint: Checkpoint): Promise<void>;
}

/** Remembers as long as the client lives. */
export function checkpointsInMemory(): CheckpointStore {
  let last: Checkpoint | null = null;
  return {
    load: async () => last,
    save: async (checkpoint) => {
      last = checkpoint;
    },
  };
}
