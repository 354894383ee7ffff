import type { Version } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { modelSource } from './modelSource.js';
import { onnxFiles } from './onnxFiles.js';
import { predictionKey } from './predict.js';

/**
 * Loads the version that is about to become champion where predictions are being asked of the present one, so that nobody waits for it
 * after the swap. One that does not load does not hold up the swap: whoever asks it is told why.
 */
export async function warmUp(deps: Deps, champion: Version | null, next: Version): Promise<void> {
  if (champion === null || !deps.predictor.isWarm(predictionKey(champion)) || onnxFiles(next.files).length === 0) return;
  const model = await deps.store.reads.model(next.model);
  if (model === null) return;
  try {
    await deps.predictor.warm(predictionKey(next), await modelSource(deps.blobs, model, next));
  } catch {
    // Said by the next prediction.
  }
}
