/** What can be wrong with a log of the torture run. The text beside a kind says which of the guarantees it breaks. */
export const FAULT_KINDS = {
  lost: 'reliable: an event that matches is missing from a stream, or an acknowledged write from the log',
  duplicated: 'unique: an event came twice in one stream, or a write with an idempotency key was carried out twice',
  reordered: 'ordered: an event came after one with a higher seq',
  torn: 'atomic: something was seen, answered or half done that the log does not hold that way',
  resume: 'resumable: a stream did not go on right behind the cursor that it gave',
  bookmark: 'bookmarkable: an endCursor skipped a match, or did not move on',
  chain: 'the hash chain or the numbering of the final log is broken',
  checkpoint: 'a checkpoint is not signed by the one key, or the final log contradicts it',
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;

export interface Fault {
  readonly kind: FaultKind;
  /** Which file of the run showed it. */
  readonly where: string;
  readonly message: string;
}

/** Takes faults down; `where` is filled in by whoever hands it on. */
export type Blame = (kind: FaultKind, message: string) => void;
