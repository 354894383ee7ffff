import { InferenceSession } from 'onnxruntime-node';
import { JuaraError } from '../domain/errors.js';
import type { InspectReport } from './inspectReport.js';
import { saysNoMemory } from './noMemory.js';
import { plainReason } from './plainReason.js';
import { readSignature } from './readSignature.js';
import { skimModel } from './skimModel.js';

/**
 * Optimised as it will be when it runs ('all'), so that what passes here loads there too; it costs a file of 100 MB no more memory and
 * a fifth more time. One thread: the time limit is there for the whole machine's sake.
 */
const SESSION: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  graphOptimizationLevel: 'all',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableCpuMemArena: false,
  logSeverityLevel: 4,
};

/** Everything that is done to an ONNX file before it is registered. Native code reads it: only for a process of cappedChild.ts. */
export async function inspectBytes(bytes: Uint8Array): Promise<InspectReport> {
  try {
    const signature = readSignature(skimModel(bytes));
    // From bytes: given a path, onnxruntime resolves references to other files beside it.
    const session = await InferenceSession.create(bytes, SESSION);
    await session.release();
    return { kind: 'loaded', signature };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (saysNoMemory(message)) return { kind: 'memory' };
    return { kind: 'refused', reason: error instanceof JuaraError ? message : `onnxruntime cannot load it: ${plainReason(message)}` };
  }
}
