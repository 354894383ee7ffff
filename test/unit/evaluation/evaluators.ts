import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect } from 'vitest';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import {
  createEvaluator,
  type EvaluationRun,
  type Evaluator,
  type EvaluatorOptions,
} from '../../../src/scoring/evaluation/createEvaluator.js';
import type { Evaluated } from '../../../src/scoring/evaluation/evaluationMessages.js';
import { readPredictions } from '../../../src/scoring/predictions/readPredictions.js';
import type { BenchmarkSource, ModelSource } from '../../../src/scoringPorts.js';
import { type NpyInput, npz } from '../../support/npz.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { TASK } from './classifier.js';

/** Tests run from src/, children from dist/. */
const EVALUATE_CHILD = fileURLToPath(new URL('../../../dist/src/scoring/evaluation/evaluateChild.js', import.meta.url));

const started: Evaluator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((evaluator) => evaluator.close()));
  // However an evaluation ended, its process has ended with it.
  expect(await evaluatingPids()).toEqual([]);
});

/** Closed when the test has ended. */
export function startEvaluator(options: Partial<EvaluatorOptions> = {}): Evaluator {
  const evaluator = createEvaluator({ childPath: EVALUATE_CHILD, memoryMb: 1024, timeoutMs: 30_000, ...options });
  started.push(evaluator);
  return evaluator;
}

/** The bytes as a version's file. */
export async function modelOf(bytes: Uint8Array, source: Partial<ModelSource> = {}): Promise<ModelSource> {
  const path = join(await temporaryFolder(), 'model.onnx');
  await writeFile(path, bytes);
  return {
    path,
    outputs: (source.tasks ?? [TASK]).map(({ name }) => ({ task: name, output: `${name}.answer` })),
    classMappings: null,
    tasks: [TASK],
    ...source,
  };
}

/** The arrays as a benchmark's file. */
export async function benchmarkOf(arrays: Readonly<Record<string, NpyInput>>, tasks = [TASK]): Promise<BenchmarkSource> {
  const path = join(await temporaryFolder(), 'benchmark.npz');
  await writeFile(path, npz(arrays));
  return { path, format: 'NPZ', csv: null, tasks };
}

type Wishes = Partial<Pick<EvaluationRun, 'onProgress' | 'signal'>> & { readonly evaluator?: Evaluator };

/** Runs the model over the benchmark and reads what was written. */
export async function evaluated(
  model: ModelSource,
  benchmark: BenchmarkSource,
  { evaluator = startEvaluator(), ...wishes }: Wishes = {},
): Promise<Evaluated & { readonly tasks: readonly TaskPredictions[] }> {
  const predictionsPath = join(await temporaryFolder(), 'predictions.npz');
  const quiet = { threads: 1, onProgress: () => undefined, signal: new AbortController().signal };
  const answer = await evaluator.evaluate({ model, benchmark, predictionsPath, ...quiet, ...wishes });
  return { ...answer, tasks: await readPredictions(predictionsPath) };
}

/** The refusal, as a matcher. */
export function failure(...texts: readonly string[]): unknown {
  const message = new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'));
  return expect.objectContaining({ code: 'EVALUATION_FAILED', message: expect.stringMatching(message) });
}

/** Process ids of the evaluating children of this process. */
export async function evaluatingPids(): Promise<number[]> {
  const threads = await readdir(`/proc/${process.pid}/task`);
  const lists = await Promise.all(threads.map((tid) => readFile(`/proc/${process.pid}/task/${tid}/children`, 'utf8').catch(() => '')));
  const pids = lists.flatMap((list) => list.split(' ').filter((pid) => pid !== ''));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, i) => commands[i]?.includes(EVALUATE_CHILD)).map(Number);
}
