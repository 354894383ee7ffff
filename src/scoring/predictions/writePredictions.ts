import type { TaskPredictions } from '../../domain/taskPredictions.js';
import { createPredictionsWriter } from './createPredictionsWriter.js';

/** Writes predictions that are in memory to a new file; `predicted` follows from the probabilities and is not kept. */
export async function writePredictions(path: string, predictions: readonly TaskPredictions[]): Promise<void> {
  const writer = await createPredictionsWriter(path, predictions);
  try {
    for (const { task, probabilities, labels } of predictions) await writer.append(task, probabilities, labels);
    await writer.finish();
  } finally {
    await writer.discard();
  }
}
