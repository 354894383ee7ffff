import { resolve } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import type { ModelInspector } from '../scoringPorts.js';
import { type ChildPoolOptions, createChildPool } from './childPool.js';
import { type FileFaultWords, goodReport, needsMemory } from './fileFault.js';
import { InspectReport } from './inspectReport.js';
import { storedSize } from './storedSize.js';

/** `childPath` is the built inspectChild.js; loading a file takes about 90 MiB for the process and twice the file's size. */
export type InspectorOptions = Omit<ChildPoolOptions, 'name'>;

/** protobuf messages end here; the ONNX project asks for external data beyond it, which this registry refuses. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

const WORDS: FileFaultWords = {
  code: 'ARTIFACT_INVALID',
  verb: 'load',
  gerund: 'loading',
  crashed: 'onnxruntime crashed while it loaded the file',
};

/**
 * Loads each file in a process of its own, which dies with it. `inspect` throws ARTIFACT_INVALID with a reason for people, and
 * ARTIFACT_MISSING where there is no file. `close` kills what runs and refuses what waits.
 */
export function createInspector(options: InspectorOptions): ModelInspector & { close(): Promise<void> } {
  const pool = createChildPool({ ...options, name: 'inspector' });
  return {
    async inspect(path) {
      await checkFile(path, options.memoryMb);
      return goodReport(await pool.run({ args: [resolve(path)] }), InspectReport, WORDS, options.memoryMb).signature;
    },
    close: () => pool.close(),
  };
}

/** What can be told without a process. */
async function checkFile(path: string, memoryMb: number): Promise<void> {
  const size = await storedSize(path);
  if (size === 0) throw invalid('the file is empty');
  if (size > MAX_FILE_BYTES) throw invalid('the file is larger than 2 GB, more than an ONNX file can be');
  if (size > memoryMb * 2 ** 20) throw needsMemory(memoryMb, WORDS);
}

function invalid(reason: string): JuaraError {
  return new JuaraError('ARTIFACT_INVALID', reason);
}
