import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect } from 'vitest';
import type { PredictionAnswer, PredictTensor } from '../../../src/domain/prediction.js';
import { createPredictor, type PredictorOptions } from '../../../src/scoring/predict/createPredictor.js';
import type { ModelSource, Predictor } from '../../../src/scoringPorts.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { chanceOfUp, steerableModel, TASK } from './steerableModel.js';

/** Tests run from src/, children from dist/. */
const PREDICT_CHILD = fileURLToPath(new URL('../../../dist/src/scoring/predict/predictChild.js', import.meta.url));
/** A loop of so many turns outlasts every test. */
export const ENDLESS = 2 ** 52;

const started: ReturnType<typeof createPredictor>[] = [];
afterEach(() => Promise.all(started.splice(0).map((predictor) => predictor.close())));

/** Closed when the test has ended. */
export function startPredictor(options: Partial<PredictorOptions> = {}): ReturnType<typeof createPredictor> {
  const limits = { memoryMb: 1024, timeoutMs: 30_000, sessions: 2, threads: 1 };
  const predictor = createPredictor({ childPath: PREDICT_CHILD, ...limits, ...options });
  started.push(predictor);
  return predictor;
}

/** The bytes as a model's file. */
export async function modelFile(bytes: Uint8Array, source: Partial<ModelSource> = {}): Promise<ModelSource> {
  const path = join(await temporaryFolder(), 'model.onnx');
  await writeFile(path, bytes);
  return { path, outputs: [{ task: TASK.name, output: TASK.name }], classMappings: null, tasks: [TASK], ...source };
}

export interface Steerable {
  readonly key: string;
  readonly odds: number;
  readonly model: ModelSource;
}

/** Steerable models of odds 1, 2, ... */
export function steerables(count: number): Promise<Steerable[]> {
  const odds = Array.from({ length: count }, (_, i) => i + 1);
  return Promise.all(odds.map(async (o) => ({ key: `odds ${o}`, odds: o, model: await modelFile(steerableModel(o)) })));
}

/** One sample for a steerable model. */
export function tensors(k: number, { laps = 0, elements = 1 } = {}): PredictTensor[] {
  return [
    { name: 'features', shape: [1, 1], dtype: null, data: [Math.log(k)] },
    { name: 'laps', shape: [1], dtype: null, data: [laps] },
    { name: 'elements', shape: [1], dtype: null, data: [elements] },
  ];
}

/** Asks for ln(k) and holds the answer against the closed form. */
export async function expectRight(predictor: Predictor, { key, odds, model }: Steerable, k: number, laps = 0): Promise<PredictionAnswer> {
  const answer = await predictor.predict({ key, model, tensors: tensors(k, { laps }) });
  const up = chanceOfUp(odds, k);
  const likeliest = answer.tasks[0]?.probabilities ?? [];
  expect(answer.tasks.map(({ task }) => task)).toEqual([TASK.name]);
  expect(likeliest.find((p) => p.class === 'up')?.probability).toBeCloseTo(up, 5);
  expect(likeliest.find((p) => p.class === 'down')?.probability).toBeCloseTo(1 - up, 5);
  return answer;
}

/** Process ids of the predicting children of this process. */
export async function childPids(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const mine = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [status, command] = [await read('status'), await read('cmdline')];
      return status.includes(`\nPPid:\t${process.pid}\n`) && command.includes(PREDICT_CHILD);
    }),
  );
  return pids.filter((_, i) => mine[i]).map(Number);
}
