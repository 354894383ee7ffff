import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { arrayNames, checkArrayNames, type PredictedTask } from './arrayNames.js';
import { npyHeader, npyStrings } from './npyBytes.js';
import { createValueFile, type ValueFile } from './valueFile.js';
import { type NpzPart, writeNpz } from './writeNpz.js';

/** Takes what a model answers batch by batch; the memory it needs does not grow with the samples. */
export interface PredictionsWriter {
  /**
   * The next samples of a task: n x k probabilities, row-major, and n labels, both in the order of its classes. Await it before the
   * next one, and leave the arrays as they are.
   */
  append(task: string, probabilities: Float32Array, labels: Int32Array): Promise<void>;
  /** Writes the file, whose bytes depend on the predictions only. */
  finish(): Promise<void>;
  /** Removes what waits on disk; after `finish` it does nothing. */
  discard(): Promise<void>;
}

interface Part extends PredictedTask {
  samples: number;
  readonly probabilities: ValueFile;
  readonly labels: ValueFile;
}

/** `path` must not exist yet; beside it, a folder holds the values until `finish`. INVALID_INPUT where names of arrays would clash. */
export async function createPredictionsWriter(path: string, tasks: readonly PredictedTask[]): Promise<PredictionsWriter> {
  checkArrayNames(tasks);
  const folder = await mkdtemp(`${path}.parts-`);
  const parts = new Map<string, Part>();
  for (const [i, task] of tasks.entries()) {
    const probabilities = await createValueFile(join(folder, `${i}.probabilities`));
    const labels = await createValueFile(join(folder, `${i}.labels`));
    parts.set(task.task, { ...task, samples: 0, probabilities, labels });
  }
  const discard = async (): Promise<void> => {
    for (const { probabilities, labels } of parts.values()) await Promise.all([probabilities.close(), labels.close()]);
    await rm(folder, { recursive: true, force: true });
  };
  return {
    async append(task, probabilities, labels) {
      const part = parts.get(task);
      if (part === undefined) throw new Error(`no task is called ${task}`);
      if (probabilities.length !== labels.length * part.classes.length) {
        throw new Error(`task ${task}: ${probabilities.length} probabilities do not make ${labels.length} x ${part.classes.length}`);
      }
      part.samples += labels.length;
      await part.probabilities.append(probabilities);
      await part.labels.append(labels);
    },
    async finish() {
      try {
        for (const { probabilities, labels } of parts.values()) {
          await probabilities.flush();
          await labels.flush();
        }
        await writeNpz(path, [...parts.values()].flatMap(toArrays));
      } finally {
        await discard();
      }
    },
    discard,
  };
}

function toArrays(part: Part): readonly NpzPart[] {
  const names = arrayNames(part.task);
  const { samples, classes } = part;
  return [
    { name: names.probabilities, bytes: () => headed(npyHeader('<f4', [samples, classes.length]), part.probabilities) },
    { name: names.labels, bytes: () => headed(npyHeader('<i4', [samples]), part.labels) },
    { name: names.classes, bytes: () => [npyStrings(classes)] },
    { name: names.absent, bytes: () => [npyStrings(part.absent)] },
    { name: names.negative, bytes: () => [npyStrings(part.negativeClass === null ? [] : [part.negativeClass])] },
  ];
}

async function* headed(header: Buffer, values: ValueFile): AsyncGenerator<Buffer> {
  yield header;
  yield* values.read();
}
