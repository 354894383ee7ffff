import type { Seeded } from './seeded.js';

/** What the parts of a run know of each other. */
export class Shared {
  /** The log is at least this long: an event of this seq was seen or acknowledged. */
  known = 0;
  private readonly cursors: string[] = [];

  constructor(
    /** Address of the proxy. */
    readonly url: string,
    readonly token: string,
  ) {}

  saw(seq: number, cursor?: string): void {
    this.known = Math.max(this.known, seq);
    if (cursor !== undefined && seq % 20 === 0) this.cursors.push(cursor);
  }

  /** A cursor of before: mostly of the last thousand events, now and then of any time. */
  oldCursor(random: Seeded): string {
    const from = random.chance(0.1) ? this.cursors : this.cursors.slice(-60 * 20);
    return random.pick(from) ?? '';
  }
}
