import { InferenceSession } from 'onnxruntime-node';
import type { ModelSignature } from '../../domain/records.js';
import { readSignature } from '../readSignature.js';
import { readStored } from '../readStored.js';
import { skimModel } from '../skimModel.js';

export interface LoadedModel {
  readonly session: InferenceSession;
  readonly signature: ModelSignature;
}

/** ARTIFACT_INVALID where the file is not to be handed to onnxruntime; whatever else is thrown is onnxruntime's. */
export async function loadModel(path: string, threads: number): Promise<LoadedModel> {
  const bytes = readStored(path);
  const signature = readSignature(skimModel(bytes));
  // From bytes: given a path, onnxruntime resolves references to other files beside it.
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  return { session, signature };
}
