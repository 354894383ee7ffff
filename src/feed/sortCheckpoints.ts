import { type Checkpoint, checkpointHolds } from '../domain/checkpoint.js';

/** A checkpoint that proves nothing, and why. */
export interface RefusedCheckpoint {
  readonly seq: number;
  readonly detail: string;
}

/** Those that the key signed, in order of seq, and those that it did not. Without a key each has to fit the one that it names. */
export function sortCheckpoints(
  checkpoints: readonly Checkpoint[],
  publicKey: string | null,
): { readonly accepted: readonly Checkpoint[]; readonly refused: readonly RefusedCheckpoint[] } {
  const judged = checkpoints.map((checkpoint) => ({ checkpoint, detail: doubt(checkpoint, publicKey) }));
  return {
    accepted: judged.flatMap(({ checkpoint, detail }) => (detail === null ? [checkpoint] : [])).sort((a, b) => a.seq - b.seq),
    refused: judged.flatMap(({ checkpoint, detail }) => (detail === null ? [] : [{ seq: checkpoint.seq, detail }])),
  };
}

function doubt(checkpoint: Checkpoint, publicKey: string | null): string | null {
  if (!checkpointHolds(checkpoint)) return 'its signature does not fit what it says';
  if (publicKey === null || checkpoint.publicKey === publicKey) return null;
  return 'another key than this registry’s has signed it';
}
