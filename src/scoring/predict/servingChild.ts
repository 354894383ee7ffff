import { JuaraError } from '../../domain/errors.js';
import { type CappedChild, type ChildEnd, startCappedChild } from '../cappedChild.js';
import type { ToChild } from './protocol.js';

export interface ServingChildOptions {
  /** The built predictChild.js. */
  readonly childPath: string;
  /** An empty folder. */
  readonly cwd: string;
  /** Most memory that the process may take, in MiB; node and onnxruntime alone take about 100. */
  readonly memoryMb: number;
  /** Wall-clock time for loading, and for each answer, in milliseconds. */
  readonly timeoutMs: number;
}

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process that answers one question at a time. */
export class ServingChild {
  readonly #child: CappedChild;
  readonly #timeoutMs: number;
  #asked: Asked | null = null;
  #over: Error | null = null;
  /** Resolves once the process is gone; never rejects. */
  readonly ended: Promise<void>;

  /** `onEnd` is called once the process is gone, before anything that was asked is rejected. */
  constructor({ childPath, cwd, memoryMb, timeoutMs }: ServingChildOptions, onEnd: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#child = startCappedChild({
      script: childPath,
      args: [String(process.pid)],
      cwd,
      memoryMb,
      timeoutMs: null,
      serialization: 'advanced',
      onMessage: (message) => this.#asked?.resolve(message),
    });
    this.ended = this.#child.ended.then((end) => {
      onEnd();
      this.#over = failed(end, this.#child.lastWords());
      this.#asked?.reject(this.#over);
    });
  }

  /** The answer as it came; PREDICTION_FAILED where the process ends without one. Not before the last question is answered. */
  async ask(question: ToChild): Promise<unknown> {
    if (this.#over !== null) throw this.#over;
    const unlimit = this.#child.limitTime(this.#timeoutMs);
    try {
      return await new Promise<unknown>((resolve, reject) => {
        this.#asked = { resolve, reject };
        this.#child.send(question);
      });
    } finally {
      this.#asked = null;
      unlimit();
    }
  }

  stop(): void {
    this.#child.stop();
  }
}

export function needsMemory(memoryMb: number): JuaraError {
  return new JuaraError('PREDICTION_FAILED', `the model needs more than ${memoryMb} MB`);
}

function failed(end: ChildEnd, lastWords: string): Error {
  switch (end.kind) {
    case 'memory':
      return needsMemory(end.memoryMb);
    case 'timeout':
      return new JuaraError('PREDICTION_FAILED', `the model took longer than ${end.timeoutMs / 1000} s`);
    case 'crashed':
      return new JuaraError('PREDICTION_FAILED', `onnxruntime crashed while it ran the model (${end.signal})`);
    case 'stopped':
      return new JuaraError('PREDICTION_FAILED', 'the server is stopping');
    case 'exited':
    case 'notStarted':
      return new Error(`the process that runs a model did not do its work (${end.kind}): ${lastWords.trim().slice(-400)}`);
    default:
      return end satisfies never;
  }
}
