/**
 * Runs a task at most once at a time. Whoever asks while it runs shares one further run, which begins after the one in flight: so each
 * caller waits for a run that began after its call. `work` must not throw.
 */
export class Coalesced {
  private running: Promise<void> | null = null;
  private waiting: Promise<void> | null = null;

  constructor(private readonly work: () => Promise<void>) {}

  run(): Promise<void> {
    if (this.waiting !== null) return this.waiting;
    if (this.running === null) return this.start();
    this.waiting = this.running.then(() => {
      this.waiting = null;
      return this.start();
    });
    return this.waiting;
  }

  /** Resolves when nothing runs or waits any more. */
  async idle(): Promise<void> {
    while (this.running !== null || this.waiting !== null) await (this.waiting ?? this.running);
  }

  private start(): Promise<void> {
    this.running = this.work().finally(() => {
      this.running = null;
    });
    return this.running;
  }
}
