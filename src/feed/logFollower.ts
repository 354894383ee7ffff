import type { StoredEvent } from '../domain/event.js';
import type { EventFilter, Follower, Reads } from '../ports.js';
import type { LogTail } from './logTail.js';
import { matchesFilter } from './matchesFilter.js';

const PAGE = 200;

/**
 * A cursor over the log as an async iterator. It holds one page at most, so a reader that stalls costs a place in the log and no
 * memory. Not an async generator: one that is parked on a promise would never see return().
 */
export class LogFollower implements Follower {
  private page: StoredEvent[] = [];
  private done = false;
  private cancelWait: (() => void) | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly reads: Reads,
    private readonly tail: LogTail,
    readonly filter: EventFilter,
    private scanned: number,
    private readonly onEnd: () => void,
  ) {}

  get position(): number {
    const next = this.page[0];
    return next === undefined ? this.scanned : next.seq - 1;
  }

  /** Calls that overlap are answered one after the other. */
  next(): Promise<IteratorResult<StoredEvent>> {
    const result = this.turn.then(() => this.advance());
    this.turn = result.catch(() => undefined);
    return result;
  }

  return(): Promise<IteratorResult<StoredEvent>> {
    if (!this.done) {
      this.done = true;
      this.page = [];
      this.cancelWait?.();
      this.onEnd();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<StoredEvent>> {
    return this.return().then(() => Promise.reject(error));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async advance(): Promise<IteratorResult<StoredEvent>> {
    while (!this.done) {
      const event = this.page.shift();
      if (event !== undefined) return { done: false, value: event };
      if (!(await this.readPage())) await this.wait();
    }
    return { done: true, value: undefined };
  }

  /** True where the place in the log moved on; the page may be empty all the same. */
  private async readPage(): Promise<boolean> {
    const before = this.scanned;
    const recent = this.tail.after(before);
    if (recent !== null) {
      const part = recent.slice(0, PAGE);
      this.page = part.filter((event) => matchesFilter(this.filter, event));
      this.scanned = part.at(-1)?.seq ?? before;
    } else {
      const { events, scannedTo } = await this.reads.events(this.filter, before, PAGE);
      this.page = this.done ? [] : events;
      this.scanned = scannedTo;
    }
    return this.scanned > before;
  }

  private async wait(): Promise<void> {
    const { promise, cancel } = this.tail.grown(this.scanned);
    this.cancelWait = cancel;
    if (this.done) cancel();
    await promise;
    this.cancelWait = null;
  }
}
