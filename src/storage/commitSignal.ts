export type CommitListener = (seq: number) => void;

/** Who wants to hear of commits, and the highest seq they have heard of. */
export class CommitSignal {
  private readonly listeners = new Set<CommitListener>();
  private announced = 0;
  /** Called when the first listener comes, and when the last has gone. */
  onDemand: (wanted: boolean) => void = () => undefined;

  subscribe(listener: CommitListener): () => void {
    // A wrapper of its own for each call: the same function may be subscribed twice.
    const entry: CommitListener = (seq) => listener(seq);
    this.listeners.add(entry);
    if (this.listeners.size === 1) this.onDemand(true);
    return () => {
      if (this.listeners.delete(entry) && this.listeners.size === 0) this.onDemand(false);
    };
  }

  /** The same news may come from several sides; the listeners hear it once. */
  announce(seq: number): void {
    if (seq <= this.announced) return;
    this.announced = seq;
    for (const listener of [...this.listeners]) {
      try {
        listener(seq);
      } catch (error) {
        // The change is committed: a listener's fault must not look like a failed commit.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
