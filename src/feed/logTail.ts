import type { StoredEvent } from '../domain/event.js';
import type { Commit, Store } from '../ports.js';

/** Events that followers at the end of the log find in memory: one read of the log serves all of them. */
const KEPT = 2_048;
const PAGE = 500;

/** The last stretch of the log, without a gap, and the place where followers wait for more. */
export class LogTail {
  /** Consecutive events; the first has seq `start + 1`. */
  private kept: StoredEvent[] = [];
  private start = 0;
  private readonly waiting = new Set<() => void>();
  private wanted = 0;
  private loading: Promise<void> | null = null;
  private unsubscribe: (() => void) | null = null;

  constructor(
    private readonly store: Store,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Begins to listen at `seq`; before the first follower nothing is read. */
  open(seq: number): void {
    if (this.isOpen) return;
    this.start = seq;
    this.unsubscribe = this.store.onCommit((commit) => this.heard(commit));
    // A commit between the caller's look at the head and this subscription told nobody: look once more.
    this.store.reads.head().then(({ seq }) => this.heard({ seq, events: [] }), this.onError);
  }

  close(): void {
    this.unsubscribe?.();
    this.unsubscribe = null;
    this.wake();
  }

  get isOpen(): boolean {
    return this.unsubscribe !== null;
  }

  get end(): number {
    return this.start + this.kept.length;
  }

  /** The events after `seq`, or null where they have left memory and are to be read from the log. */
  after(seq: number): readonly StoredEvent[] | null {
    return seq < this.start ? null : this.kept.slice(seq - this.start);
  }

  /** The event of that seq, where it is in memory. */
  at(seq: number): StoredEvent | null {
    return this.kept[seq - this.start - 1] ?? null;
  }

  /** Resolves when the tail has grown past `seq`, when `cancel` is called, or when the tail closes. */
  grown(seq: number): { promise: Promise<void>; cancel: () => void } {
    let wake = (): void => {};
    const promise = new Promise<void>((resolve) => {
      wake = () => {
        this.waiting.delete(wake);
        resolve();
      };
      if (this.end > seq || this.unsubscribe === null) resolve();
      else this.waiting.add(wake);
    });
    return { promise, cancel: wake };
  }

  /** Followers that wait at this moment. */
  get waiters(): number {
    return this.waiting.size;
  }

  /** Commits of this process bring their events along; what others have appended is read. */
  private heard({ seq, events }: Commit): void {
    this.wanted = Math.max(this.wanted, seq);
    if (this.loading === null && events[0]?.seq === this.end + 1) this.keep(events);
    else if (this.wanted > this.end) this.read();
  }

  private read(): void {
    this.loading ??= this.load().finally(() => {
      this.loading = null;
      if (this.wanted > this.end && this.unsubscribe !== null) this.read();
    });
  }

  private async load(): Promise<void> {
    try {
      while (this.wanted > this.end) {
        const { events } = await this.store.reads.events({}, this.end, PAGE);
        if (events.length === 0) {
          this.wanted = this.end;
          return;
        }
        this.keep(events);
      }
    } catch (error) {
      // The next commit tries again; followers keep their place meanwhile.
      this.wanted = this.end;
      this.onError(error);
    }
  }

  private keep(events: readonly StoredEvent[]): void {
    this.kept.push(...events);
    this.trim();
    this.wake();
  }

  private trim(): void {
    const surplus = this.kept.length - KEPT;
    if (surplus < KEPT) return;
    this.kept = this.kept.slice(surplus);
    this.start += surplus;
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
