import type { Batch } from '../benchmark/benchmarkReader.js';
import { AskedThread } from './askedThread.js';
import type { PlannedTask } from './planTasks.js';

/** Elements of an output as onnxruntime has them; float16 as the bits of each value. */
export type OutputValues = Float32Array | Float64Array | Uint16Array;

/** What the model gave for some samples, and what would have been right. */
export interface RecordedBlock extends Pick<Batch, 'first' | 'count' | 'labels'> {
  /** For each planned task: count x classes of its head, row-major. */
  readonly outputs: readonly OutputValues[];
}

/** Blocks that may wait to be recorded: the model is faster than the thread, but not for ever. */
const BEHIND = 2;

/** Writes predictions to `path` by a thread of its own. */
export class Recorder {
  readonly #thread: AskedThread<RecordedBlock | null, readonly string[] | null>;
  readonly #open: Promise<unknown>[] = [];

  constructor(entry: URL, planned: readonly PlannedTask[], path: string) {
    this.#thread = new AskedThread(entry, { workerData: { planned, path } });
  }

  /** Takes the block's arrays; resolves when another one may come. An Error with a plain reason where an output is none. */
  async record(block: RecordedBlock): Promise<void> {
    const arrays = [...block.outputs, ...block.labels.values()];
    this.#open.push(
      this.#thread.ask(
        block,
        arrays.map(({ buffer }) => buffer as ArrayBuffer),
      ),
    );
    if (this.#open.length > BEHIND) await this.#open.shift();
  }

  /** Writes the file; gives what whoever reads the numbers should know. */
  async finish(): Promise<readonly string[]> {
    const notes = await this.#thread.ask(null);
    return notes ?? [];
  }

  end(): Promise<void> {
    return this.#thread.end();
  }
}
