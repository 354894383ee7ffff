import { LRUCache } from 'lru-cache';
import { addressGroup } from './addressGroup.js';

const MINUTE = 60_000;
/** Groups that are remembered at once, about 2 MB. Whoever has more addresses than that is not held by a limit per address anyway. */
const MOST_GROUPS = 10_000;

export interface Count {
  readonly sum: number;
  /** Milliseconds until it starts anew. */
  readonly endsIn: number;
}

/** Sums by address over a minute that begins with the first number that is added. */
export class MinuteCounts {
  private readonly sums: LRUCache<string, number>;

  /** `now` in milliseconds, on a clock that only goes forward. */
  constructor(now: () => number = () => performance.now()) {
    this.sums = new LRUCache({ max: MOST_GROUPS, ttl: MINUTE, ttlResolution: 0, noUpdateTTL: true, perf: { now } });
  }

  of(address: string): Count {
    const group = addressGroup(address);
    const sum = this.sums.get(group) ?? 0;
    return { sum, endsIn: sum === 0 ? MINUTE : this.sums.getRemainingTTL(group) };
  }

  add(address: string, amount: number): Count {
    const group = addressGroup(address);
    this.sums.set(group, (this.sums.get(group) ?? 0) + amount);
    return this.of(address);
  }
}
