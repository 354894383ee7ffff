import { type Evaluation, isEnded } from '../domain/evaluation.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { foundEvaluation } from '../usecases/foundEvaluation.js';
import type { CallerContext } from './context.js';

/** Another process that carries the evaluation out rings no bell here: it is looked at this often, in milliseconds. */
const LOOK_EVERY = 1_000;

/** The evaluation now, then whenever it has changed, until it has ended. EVALUATION_NOT_FOUND where there is none. */
export async function evaluationStream({ deps, actor }: CallerContext, id: string): Promise<AsyncIterableIterator<Evaluation>> {
  await foundEvaluation(deps.store.reads, actor, id);
  return new EvaluationStream(
    () => foundEvaluation(deps.store.reads, actor, id),
    (ring) => deps.board.onChange((changed) => changed === id && ring()),
  );
}

/** Not an async generator: one that waits cannot be ended before it is woken. */
class EvaluationStream implements AsyncIterableIterator<Evaluation> {
  #last: string | null = null;
  #over = false;
  #rung = false;
  #wake: () => void = () => undefined;
  readonly #off: () => void;

  constructor(
    private readonly read: () => Promise<Evaluation>,
    listen: (ring: () => void) => () => void,
  ) {
    this.#off = listen(() => this.#ring());
  }

  async next(): Promise<IteratorResult<Evaluation>> {
    while (!this.#over) {
      this.#rung = false;
      const evaluation = await this.read();
      const text = canonicalJson(evaluation as unknown as Json);
      if (text !== this.#last) {
        this.#last = text;
        if (isEnded(evaluation)) this.#end();
        return { done: false, value: evaluation };
      }
      await this.#rest();
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Evaluation>> {
    this.#end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #ring(): void {
    this.#rung = true;
    this.#wake();
  }

  #end(): void {
    this.#over = true;
    this.#off();
    this.#ring();
  }

  async #rest(): Promise<void> {
    let clock: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#rung || this.#over) resolve();
      else clock = setTimeout(resolve, LOOK_EVERY);
    });
    clearTimeout(clock);
  }
}
