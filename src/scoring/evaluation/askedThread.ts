import { once } from 'node:events';
import { type TransferListItem, Worker, type WorkerOptions } from 'node:worker_threads';

/** A thread that answers each message with one, in order. What it throws rejects whatever waits for an answer, and all that comes later. */
export class AskedThread<Question, Answer> {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  #failure: unknown = null;

  constructor(entry: URL, options: WorkerOptions) {
    this.#worker = new Worker(entry, options);
    this.#worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (error) => {
      this.#failure = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  ask(question: Question, transfer: readonly TransferListItem[] = []): Promise<Answer> {
    const failed = this.#failure !== null;
    const answer = failed
      ? Promise.reject(this.#failure)
      : new Promise<Answer>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    // Its failure is met where it is awaited.
    answer.catch(() => undefined);
    if (!failed) this.#worker.postMessage(question, transfer);
    return answer;
  }

  async end(): Promise<void> {
    if (this.#failure !== null) return;
    await Promise.all([once(this.#worker, 'exit'), this.#worker.terminate()]);
  }
}
