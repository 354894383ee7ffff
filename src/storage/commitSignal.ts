import type { Commit } from '../ports.js';

export type CommitListener = (commit: Commit) => void;

/** Who wants to hear of commits, and the highest seq they have heard of. */
export class CommitSignal {
  private readonly listeners = new Set<CommitListener>();
  private announced = 0;
  /** Called when the first listener comes, and when the last has gone. */
  onDemand: (wanted: boolean) => void = () => undefined;

  subscribe(listener: CommitListener): () => void {
    // A wrapper of its own for each call: the same function may be subscribed twice.
    const entry: CommitListener = (commit) => listener(commit);
    this.listeners.add(entry);
    if (this.listeners.size === 1) this.onDemand(true);
    return () => {
      if (this.listeners.delete(entry) && this.listeners.size === 0) this.onDemand(false);
    };
  }

  /** The same news may come from several sides; the listeners hear it once. */
  announce(commit: Commit): void {
    if (commit.seq <= this.announced) return;
    this.announced = commit.seq;
    for (const listener of [...this.listeners]) {
      try {
        listener(commit);
      } catch (error) {
        // The change is committed: a listener's fault must not look like a failed commit.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
