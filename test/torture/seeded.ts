import { createRandom } from '../../src/demo/random.js';

/** The choices of one part of the run. The same seed gives the same choices; what the clock makes of them still differs. */
export class Seeded {
  private readonly uniform: () => number;

  constructor(seed: number) {
    this.uniform = createRandom(seed).uniform;
  }

  real(low: number, high: number): number {
    return low + this.uniform() * (high - low);
  }

  /** 0 to n - 1. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Undefined for an empty list. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  /** A generator of its own, so that one part's choices do not depend on how often another one chose. */
  fork(): Seeded {
    return new Seeded(Math.floor(this.uniform() * 2 ** 32));
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
