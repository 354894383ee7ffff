import { mkdtempSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import PQueue from 'p-queue';
import { JuaraError } from '../domain/errors.js';
import type { ModelSignature } from '../domain/records.js';
import type { ModelInspector } from '../ports.js';
import { type CappedChild, type ChildEnd, startCappedChild } from './cappedChild.js';
import { InspectReport } from './inspectReport.js';

export interface InspectorOptions {
  /** The built inspectChild.js. */
  readonly childPath: string;
  /** Most memory that loading one file may take, in MiB: about 90 for the process and twice the file's size. */
  readonly memoryMb: number;
  /** Wall-clock time for one file, in milliseconds; a child takes some 200 of them to start. */
  readonly timeoutMs: number;
  /** Files looked at side by side; 2 where it is left out. Others wait. */
  readonly maxConcurrent?: number;
}

/** protobuf messages end here; the ONNX project asks for external data beyond it, which this registry refuses. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

/**
 * Loads each file in a process of its own, which dies with it. `inspect` throws ARTIFACT_INVALID with a reason for people, and
 * ARTIFACT_MISSING where there is no file. `close` kills what runs and refuses what waits.
 */
export function createInspector(options: InspectorOptions): ModelInspector & { close(): Promise<void> } {
  const queue = new PQueue({ concurrency: options.maxConcurrent ?? 2 });
  const running = new Set<CappedChild>();
  const emptyFolder = mkdtempSync(join(tmpdir(), 'juara-inspect-'));
  let closed = false;

  async function inspect(path: string): Promise<ModelSignature> {
    await checkFile(path, options.memoryMb);
    if (closed) throw new Error('the inspector is closed');
    const reports: unknown[] = [];
    const child = startCappedChild({
      script: options.childPath,
      args: [resolve(path)],
      cwd: emptyFolder,
      memoryMb: options.memoryMb,
      timeoutMs: options.timeoutMs,
      onMessage: (message) => {
        reports.push(message);
        child.stop();
      },
    });
    running.add(child);
    const end = await child.ended;
    running.delete(child);
    return conclude(reports[0], end, child.lastWords(), options.memoryMb);
  }

  return {
    inspect: (path) => queue.add(() => inspect(path), { throwOnTimeout: true }),
    async close() {
      closed = true;
      for (const child of running) child.stop();
      await queue.onIdle();
      await rm(emptyFolder, { recursive: true, force: true });
    },
  };
}

/** What can be told without a process. */
async function checkFile(path: string, memoryMb: number): Promise<void> {
  const { size } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new JuaraError('ARTIFACT_MISSING', 'the file is gone from the store: upload it again');
    throw error;
  });
  if (size === 0) throw invalid('the file is empty');
  if (size > MAX_FILE_BYTES) throw invalid('the file is larger than 2 GB, more than an ONNX file can be');
  if (size > memoryMb * 2 ** 20) throw needsMemory(memoryMb);
}

function conclude(message: unknown, end: ChildEnd, lastWords: string, memoryMb: number): ModelSignature {
  if (message === undefined) throw unfinished(end, lastWords);
  const report = InspectReport.safeParse(message);
  if (!report.success) throw invalid('the process that loaded the file gave a garbled answer');
  switch (report.data.kind) {
    case 'loaded':
      return report.data.signature;
    case 'refused':
      throw invalid(report.data.reason);
    case 'memory':
      throw needsMemory(memoryMb);
    default:
      return report.data satisfies never;
  }
}

/** The child went without a report. */
function unfinished(end: ChildEnd, lastWords: string): Error {
  switch (end.kind) {
    case 'memory':
      return needsMemory(end.memoryMb);
    case 'timeout':
      return invalid(`loading took longer than ${end.timeoutMs / 1000} s`);
    case 'crashed':
      return invalid(`onnxruntime crashed while it loaded the file (${end.signal})`);
    case 'exited':
    case 'notStarted':
    case 'stopped':
      return new Error(`the process that inspects ONNX files did not do its work (${end.kind}): ${lastWords.trim().slice(-400)}`);
    default:
      return end satisfies never;
  }
}

function needsMemory(memoryMb: number): JuaraError {
  return invalid(`the file needs more than ${memoryMb} MB to load`);
}

function invalid(reason: string): JuaraError {
  return new JuaraError('ARTIFACT_INVALID', reason);
}
