/** Entry of the process that inspects one ONNX file: `node inspectChild.js <path>`. Sends one InspectReport to its parent. */
import { InferenceSession } from 'onnxruntime-node';
import { JuaraError } from '../domain/errors.js';
import type { InspectReport } from './inspectReport.js';
import { saysNoMemory } from './noMemory.js';
import { plainReason } from './plainReason.js';
import { readSignature } from './readSignature.js';
import { readStored } from './readStored.js';
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

async function inspectFile(path: string): Promise<InspectReport> {
  try {
    const bytes = readStored(path);
    const signature = readSignature(skimModel(bytes));
    // From bytes: given a path, onnxruntime resolves references to other files beside it.
    await InferenceSession.create(bytes, SESSION);
    return { kind: 'loaded', signature };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (saysNoMemory(message)) return { kind: 'memory' };
    return { kind: 'refused', reason: error instanceof JuaraError ? message : `onnxruntime cannot load it: ${plainReason(message)}` };
  }
}

process.send?.(await inspectFile(process.argv[2] ?? ''));
