import type { Tensor } from 'onnxruntime-node';
import { outputValues } from '../model/outputRows.js';
import type { TaskHead } from '../model/taskHeads.js';
import type { OutputValues } from './recorder.js';

/** What one head gives for a block, gathered batch by batch. */
export class BlockOutputs {
  #values: OutputValues = new Float32Array(0);

  constructor(
    private readonly head: TaskHead,
    private readonly samples: number,
  ) {}

  get values(): OutputValues {
    return this.#values;
  }

  /** `samples` x k elements for the samples from `at` on; those beyond the block's end are of samples that only fill up a batch. */
  put(tensor: Tensor | undefined, at: number, samples: number): void {
    const k = this.head.classes.length;
    const given = outputValues(this.head, tensor, samples);
    const rows = tensor?.dims[0];
    if (samples > 1 && rows !== samples) {
      const { output, classes } = this.head;
      const expected = `${samples} x ${classes.length} values are expected, a row for each sample`;
      throw new Error(`output ${output} has shape [${tensor?.dims.join(', ')}], and ${expected}`);
    }
    if (this.#values.length === 0) this.#values = new (given.constructor as new (length: number) => OutputValues)(this.samples * k);
    const room = (this.samples - at) * k;
    this.#values.set(given.length > room ? given.subarray(0, room) : given, at * k);
  }
}
