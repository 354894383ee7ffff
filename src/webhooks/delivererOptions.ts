import type { Feed, Store } from '../ports.js';
import type { DeliveryPolicy } from './deliveryPolicy.js';

export interface DelivererOptions {
  readonly store: Store;
  readonly feed: Feed;
  readonly policy: DeliveryPolicy;
  readonly allowPrivate: boolean;
  /** Name of this process among those that share the database; a new one at each start. */
  readonly owner: string;
  /**
   * How long a hook stays this process's without a renewal, in milliseconds: after a crash another process takes it up then. Null where
   * no other process can be.
   */
  readonly leaseMs: number | null;
  /** How long a request that is under way at `stop` may take to finish, in milliseconds. */
  readonly drainMs: number;
  readonly now: () => number;
  /** From 0 up to 1, for the jitter of waits. */
  readonly random: () => number;
  /** Hears of failures that are not the receivers', e.g. of the database; they are tried again. */
  readonly onError: (error: unknown) => void;
}
