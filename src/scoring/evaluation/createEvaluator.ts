import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JuaraError } from '../../domain/errors.js';
import { type CappedChild, type ChildEnd, startCappedChild } from '../cappedChild.js';
import { storedSize } from '../storedSize.js';
import { type Evaluated, type EvaluationJob, EvaluationReport } from './evaluationMessages.js';

export interface EvaluatorOptions {
  /** The built evaluateChild.js. */
  readonly childPath: string;
  /** Most memory that one evaluation may take, in MiB: about 100 for the process and twice the model's file. */
  readonly memoryMb: number;
  /** Longest time without a sign of progress, in milliseconds: for loading the model, and for each batch. */
  readonly timeoutMs: number;
}

export interface EvaluationRun extends EvaluationJob {
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

export interface Evaluator {
  /** EVALUATION_FAILED with a plain reason where the model gives no valid answers; rejects when `signal` is aborted. */
  evaluate(run: EvaluationRun): Promise<Evaluated>;
  /** After the last evaluation has ended. */
  close(): Promise<void>;
}

/** Server work goes first: an evaluation may take every core for minutes, and nobody waits for it. */
const NICENESS = 10;

/** Measures each model in a process of its own, which dies with the job. */
export function createEvaluator({ childPath, memoryMb, timeoutMs }: EvaluatorOptions): Evaluator {
  const cwd = mkdtempSync(join(tmpdir(), 'juara-evaluate-'));
  return {
    async evaluate({ onProgress, signal, ...job }) {
      if ((await storedSize(job.model.path)) > memoryMb * 2 ** 20) throw needsMemory(memoryMb);
      signal.throwIfAborted();
      let answer: Exclude<EvaluationReport, { kind: 'progress' }> | 'garbled' | null = null;
      const child: CappedChild = startCappedChild({
        script: childPath,
        args: [String(process.pid)],
        cwd,
        memoryMb,
        timeoutMs: null,
        niceness: NICENESS,
        serialization: 'advanced',
        onMessage: (message) => {
          const { data } = EvaluationReport.safeParse(message);
          if (data?.kind === 'progress') {
            patience = renewed(child, patience, timeoutMs);
            onProgress(data.done / data.of);
          } else {
            answer ??= data ?? 'garbled';
            child.stop();
          }
        },
      });
      let patience = child.limitTime(timeoutMs);
      const stop = (): void => child.stop();
      signal.addEventListener('abort', stop, { once: true });
      child.send(job);
      const end = await child.ended;
      signal.removeEventListener('abort', stop);
      signal.throwIfAborted();
      return outcome(answer, end, child.lastWords(), memoryMb);
    },
    close: () => rm(cwd, { recursive: true, force: true }),
  };
}

function renewed(child: CappedChild, lift: () => void, timeoutMs: number): () => void {
  lift();
  return child.limitTime(timeoutMs);
}

type Answer = Exclude<EvaluationReport, { kind: 'progress' }> | 'garbled' | null;

function outcome(answer: Answer, end: ChildEnd, lastWords: string, memoryMb: number): Evaluated {
  if (answer === null) throw unfinished(end, lastWords);
  if (answer === 'garbled') throw failed('the process that runs the model gave a garbled answer');
  switch (answer.kind) {
    case 'evaluated': {
      const { samples, notes, latency } = answer;
      return { samples, notes, latency };
    }
    case 'refused':
      throw failed(answer.reason);
    case 'memory':
      throw needsMemory(memoryMb);
    default:
      return answer satisfies never;
  }
}

function unfinished(end: ChildEnd, lastWords: string): Error {
  switch (end.kind) {
    case 'memory':
      return needsMemory(end.memoryMb);
    case 'timeout':
      return failed(`the model was killed: it took longer than ${end.timeoutMs / 1000} s to load, or for one batch`);
    case 'crashed':
      return failed(`onnxruntime crashed while it ran the model (${end.signal})`);
    case 'exited':
    case 'notStarted':
    case 'stopped':
      return new Error(`the process that evaluates did not do its work (${end.kind}): ${lastWords.trim().slice(-400)}`);
    default:
      return end satisfies never;
  }
}

function needsMemory(memoryMb: number): JuaraError {
  return failed(`the model needs more than ${memoryMb} MB`);
}

function failed(reason: string): JuaraError {
  return new JuaraError('EVALUATION_FAILED', reason);
}
