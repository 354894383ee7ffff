import type { Deps } from '../ports.js';

/** Who carries evaluations out. */
export interface Worker {
  readonly owner: string;
  /** How long an evaluation is its own unless it says so again, in milliseconds; null: for good, for there is no other process. */
  readonly leaseMs: number | null;
  /** How often it says so, and how far it is. */
  readonly heartbeatMs: number;
  /** Aborted when the worker is to stop. */
  readonly signal: AbortSignal;
}

export interface HeldRun {
  /** Aborted when the evaluation was cancelled or taken over, or the worker is to stop. */
  readonly signal: AbortSignal;
  readonly progressed: (share: number) => void;
  /** To be called once it is over, whichever way. */
  release(): Promise<void>;
}

/** Holds a running evaluation: tells how far it is, and learns when it has been cancelled, be it in this process or in another. */
export function holdRun({ store, board }: Pick<Deps, 'store' | 'board'>, worker: Worker, id: string): HeldRun {
  const lost = new AbortController();
  const signal = AbortSignal.any([worker.signal, lost.signal]);
  let progress = 0;
  let told = 0;
  let telling: Promise<void> = Promise.resolve();
  const tell = async (): Promise<void> => {
    const share = progress;
    const held = await store.inTransaction((tx) => tx.renewEvaluation(id, worker.owner, worker.leaseMs, share));
    if (!held) lost.abort();
    else if (share !== told) {
      told = share;
      board.changed(id);
    }
  };
  // A heartbeat that the database refuses is made up for by the next one.
  const beat = (): void => {
    telling = telling.then(tell).catch(() => undefined);
  };
  const off = board.onChange((changed) => {
    if (changed === id) beat();
  });
  const heart = setInterval(() => {
    if (progress !== told || worker.leaseMs !== null) beat();
  }, worker.heartbeatMs);
  return {
    signal,
    progressed: (share) => {
      progress = share;
    },
    async release() {
      clearInterval(heart);
      off();
      await telling;
      // Whoever comes next need not wait for the lease to run out.
      if (worker.signal.aborted) await store.inTransaction((tx) => tx.renewEvaluation(id, worker.owner, 0, progress));
    },
  };
}
