/** A signed statement that the log had `seq` events ending in `hash`. Keep the last one you saw: it unmasks a log cut short. */
export interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  readonly publicKey: string;
  readonly signature: string;
}

export const CHECKPOINT_FIELDS = 'seq hash at publicKey signature';
