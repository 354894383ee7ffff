import type { EvaluationBoard } from '../scoringPorts.js';

export interface EvaluationsOptions {
  readonly board: EvaluationBoard;
  /** Takes the next evaluation and carries it out; false where none waits. */
  readonly carryOut: (signal: AbortSignal) => Promise<boolean>;
  /** Does what follows from those that have succeeded. */
  readonly settle: () => Promise<void>;
  /** How many are carried out side by side. */
  readonly workers: number;
  /** How often to look for what another process has queued, in milliseconds; null: there is no other. */
  readonly pollMs: number | null;
  readonly onError: (error: unknown) => void;
}

/** Carries queued evaluations out until it is stopped; what was broken off by an earlier end of the process comes first. */
export function startEvaluations(options: EvaluationsOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const bells = Array.from({ length: options.workers }, () => new Bell());
  const off = options.board.onChange(() => {
    for (const bell of bells) bell.ring();
  });
  const loops = bells.map((bell) => work(options, bell, stopping.signal));
  return {
    async stop() {
      off();
      stopping.abort();
      for (const bell of bells) bell.ring();
      await Promise.all(loops);
    },
  };
}

/** A database that refuses is asked again after this long, in milliseconds. */
const AFTER_ERROR = 1_000;

async function work({ carryOut, settle, pollMs, onError }: EvaluationsOptions, bell: Bell, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let wait = pollMs;
    try {
      await settle();
      if (await carryOut(signal)) continue;
    } catch (error) {
      onError(error);
      wait = AFTER_ERROR;
    }
    if (!signal.aborted) await bell.wait(wait);
  }
}

/** Rung while nobody waits, it is remembered, so that nothing is slept through. */
class Bell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Until it is rung, or `ms` have passed. */
  async wait(ms: number | null): Promise<void> {
    let clock: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#rung) resolve();
      else if (ms !== null) clock = setTimeout(resolve, ms);
    });
    clearTimeout(clock);
    this.#rung = false;
    this.#wake = null;
  }
}
