/** Entry of the process that inspects one ONNX file: `node inspectChild.js <path>`. Sends one InspectReport to its parent. */
import { JuaraError } from '../domain/errors.js';
import { inspectBytes } from './inspectBytes.js';
import type { InspectReport } from './inspectReport.js';
import { saysNoMemory } from './noMemory.js';
import { plainReason } from './plainReason.js';
import { readStored } from './readStored.js';

async function inspectFile(path: string): Promise<InspectReport> {
  let bytes: Buffer;
  try {
    bytes = readStored(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (saysNoMemory(message)) return { kind: 'memory' };
    return { kind: 'refused', reason: error instanceof JuaraError ? message : `the file cannot be read: ${plainReason(message)}` };
  }
  return inspectBytes(bytes);
}

process.send?.(await inspectFile(process.argv[2] ?? ''));
