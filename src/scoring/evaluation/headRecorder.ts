import { distributionsAmong, finiteRows, putProbabilities } from '../model/outputRows.js';
import type { PredictionsWriter } from '../predictions/createPredictionsWriter.js';
import type { PlannedTask } from './planTasks.js';
import type { OutputValues, RecordedBlock } from './recorder.js';
import { someOf } from './someOf.js';

/** Turns what one head gives into probabilities under the benchmark's classes, batch after batch, and writes them. */
export class HeadRecorder {
  /**
   * Decided by most rows of the first block. A few rows of logits may sum to 1 by chance; a few rows that do not, among probabilities, are
   * a fault of the model.
   */
  #logits: boolean | null = null;
  #unknownLabels = 0;

  constructor(
    private readonly task: PlannedTask,
    private readonly writer: PredictionsWriter,
  ) {}

  async record({ first, count, labels: all }: RecordedBlock, values: OutputValues): Promise<void> {
    const { head, classes, columns, task, absent } = this.task;
    const [own, k] = [head.classes.length, classes.length];
    const rows = finiteRows(head, values, first);
    const logits = this.#decide(rows, own, first, values instanceof Uint16Array);
    const probabilities = new Float32Array(count * k);
    for (let i = 0; i < count; i += 1) putProbabilities({ rows, from: i * own, logits }, columns, probabilities, i * k);
    const labels = all.get(task) ?? new Int32Array(0);
    if (absent.length > 0) for (const label of labels) if (absent.includes(classes[label] ?? '')) this.#unknownLabels += 1;
    await this.writer.append(task, probabilities, labels);
  }

  notes(): string[] {
    const { task, absent } = this.task;
    if (absent.length === 0) return [];
    return [`task ${task}: the model does not know ${someOf(absent)}; ${this.#unknownLabels} samples of it count as errors`];
  }

  #decide(rows: Float32Array | Float64Array, k: number, first: number, half: boolean): boolean {
    if (this.#logits === true) return true;
    const { count, firstOther } = distributionsAmong(rows, k, half);
    this.#logits ??= 2 * count < rows.length / k;
    if (this.#logits || firstOther < 0) return this.#logits;
    const { output } = this.task.head;
    throw new Error(
      `output ${output} gives probabilities, but for sample ${first + firstOther} (counted from 0) values that do not sum to 1`,
    );
  }
}
