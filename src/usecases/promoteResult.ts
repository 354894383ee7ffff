import type { Checkpoint } from '../domain/checkpoint.js';
import type { Decision } from '../domain/decision.js';
import type { StoredEvent } from '../domain/event.js';
import type { Model } from '../domain/records.js';

export interface PromoteResult {
  readonly outcome: 'PROMOTED' | 'REFUSED' | 'AWAITING_APPROVAL';
  readonly decision: Decision;
  readonly event: StoredEvent | null;
  readonly model: Model;
  /** Null unless the champion changed. */
  readonly checkpoint: Checkpoint | null;
}
