import { createHash } from 'node:crypto';
import { chmod, copyFile, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createDiskBlobStore } from '../../../src/artifacts/diskBlobStore.js';
import type { ClassifierTask } from '../../../src/demo/encodeClassifier.js';
import type { Metric } from '../../../src/domain/metric.js';
import type { Task } from '../../../src/domain/task.js';
import type { BlobStore } from '../../../src/ports.js';
import { createMeasurer } from '../../../src/scoring/createMeasurer.js';
import { readPredictions } from '../../../src/scoring/predictions/readPredictions.js';
import { createScoringThreads } from '../../../src/scoring/threads/createScoringThreads.js';
import type { ScoringThreads } from '../../../src/scoring/threads/questions.js';
import type { Measurement, Measurer, PairedQuestion } from '../../../src/scoringPorts.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { arrays, chances, classifier, HEAD, TASK, task } from './classifier.js';
import { benchmarkOf, modelOf, startEvaluator } from './evaluators.js';
import { expectRight } from './expectRight.js';

const THREAD = fileURLToPath(new URL('../../../dist/src/scoring/threads/scoringThread.js', import.meta.url));
const SAMPLES = 60;

const started: ScoringThreads[] = [];
afterEach(() => Promise.all(started.splice(0).map((threads) => threads.close())));

async function start(blobs?: BlobStore): Promise<{ measurer: Measurer; blobs: BlobStore; threads: ScoringThreads }> {
  const store = blobs ?? createDiskBlobStore(await temporaryFolder());
  const threads = createScoringThreads(THREAD);
  started.push(threads);
  return { measurer: createMeasurer({ blobs: store, evaluator: startEvaluator(), threads, modelThreads: 1 }), blobs: store, threads };
}

async function measured(
  measurer: Measurer,
  heads: readonly ClassifierTask[] = [HEAD],
  tasks: readonly Task[] = [TASK],
): Promise<Measurement> {
  const model = await modelOf(classifier({ heads }), { tasks });
  const source = await benchmarkOf(arrays(SAMPLES, 'float32', tasks), [...tasks]);
  const benchmark = { ...source, name: 'field', sha256: 'not read here' };
  return measurer.measure({ model, benchmark, onProgress: () => undefined, signal: new AbortController().signal });
}

const COSTS = ['latency_p50', 'latency_p95', 'model_bytes'];
const besidesCosts = ({ metrics }: Measurement): readonly Metric[] => metrics.filter(({ name }) => !COSTS.includes(name));
const metricOf = ({ metrics }: Measurement, name: string): number | undefined => metrics.find((m) => m.name === name)?.value;

/** Right answers of the head by the closed form; labels are 7 i mod 3. */
const rights = (head: ClassifierTask): boolean[] =>
  Array.from({ length: SAMPLES }, (_, i) => chances(head, i).indexOf(Math.max(...chances(head, i))) === (7 * i) % 3);
const accuracy = (head: ClassifierTask): number => (100 * rights(head).filter(Boolean).length) / SAMPLES;
/** Another model: the bias turned round. */
const OTHER: ClassifierTask = {
  ...HEAD,
  bias: [1, 0.25, -0.5],
  weights: [
    [0, 0.5],
    [0.5, 0],
    [0.25, 0.25],
  ],
};

describe('a measurement', () => {
  it('keeps the predictions under their digest, and gives the same numbers again', async () => {
    const { measurer, blobs } = await start();
    const [first, second] = [await measured(measurer), await measured(measurer)];
    expect(second.predictions).toBe(first.predictions);
    expect(besidesCosts(second)).toEqual(besidesCosts(first));
    expect(second.confusion).toEqual(first.confusion);
    const path = blobs.localPath(first.predictions);
    expect(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ).toBe(first.predictions);
    const [predictions] = await readPredictions(path);
    expectRight(predictions, HEAD, SAMPLES);
  });

  it('says how often the model is right, what it costs, and where the numbers come from', async () => {
    const { measurer } = await start();
    const measurement = await measured(measurer);
    expect(metricOf(measurement, 'side_accuracy')).toBeCloseTo(accuracy(HEAD), 10);
    const [matrix] = measurement.confusion;
    expect(matrix?.classes).toEqual(TASK.classes);
    expect(matrix?.counts.flat().reduce((a, b) => a + b, 0)).toBe(SAMPLES);
    expect(matrix?.counts.reduce((sum, row, c) => sum + (row[c] ?? 0), 0)).toBe(rights(HEAD).filter(Boolean).length);
    expect(metricOf(measurement, 'model_bytes')).toBe(classifier().length);
    expect(metricOf(measurement, 'latency_p95')).toBeGreaterThanOrEqual(metricOf(measurement, 'latency_p50') ?? Number.NaN);
    expect(new Set(measurement.metrics.map((m) => `${m.provenance} ${m.benchmark}`))).toEqual(new Set(['MEASURED field']));
  });

  it('is refused where two measures would be called the same', async () => {
    const { measurer } = await start();
    // side_recall_accuracy: the recall of class `accuracy` in task `side`, and the accuracy of task `side_recall`.
    const side = { ...HEAD, classes: ['accuracy', 'down', 'level'] };
    const heads = [side, { ...HEAD, name: 'side_recall' }];
    const tasks = heads.map(({ name, classes }) => task(name, classes));
    await expect(measured(measurer, heads, tasks)).rejects.toMatchObject({
      code: 'EVALUATION_FAILED',
      message: expect.stringContaining('side_recall_accuracy'),
    });
  });
});

const RULES = {
  weights: [{ metric: 'side_accuracy', weight: 1 }],
  test: 'MCNEMAR_EXACT',
  significanceLevel: 0.05,
  iterations: 500,
  fixed: {},
} as const;

describe('a comparison', () => {
  async function pair(measurer: Measurer): Promise<PairedQuestion> {
    const [base, candidate] = [await measured(measurer), await measured(measurer, [OTHER])];
    return { base: base.predictions, candidate: candidate.predictions, ...RULES };
  }

  it('gets the same answer whenever and wherever it is asked for', async () => {
    const { measurer, blobs } = await start();
    const question = await pair(measurer);
    const answer = await measurer.compare(question);
    expect(await measurer.compare({ ...question })).toEqual(answer);
    const other = await start(blobs);
    expect(await other.measurer.compare(question)).toEqual(answer);
    const stricter = await measurer.compare({ ...question, significanceLevel: 1e-6 });
    expect(stricter.intervals).toEqual(answer.intervals);
  });

  it('counts what the closed form counts, and turns round with its sides', async () => {
    const { measurer } = await start();
    const question = await pair(measurer);
    const [base, candidate] = [rights(HEAD), rights(OTHER)];
    const count = (b: boolean, c: boolean): number => base.filter((right, i) => right === b && candidate[i] === c).length;
    const there = await measurer.compare(question);
    expect(there.tests).toEqual([
      expect.objectContaining({
        task: 'side',
        bothRight: count(true, true),
        onlyBaseRight: count(true, false),
        onlyCandidateRight: count(false, true),
        bothWrong: count(false, false),
      }),
    ]);
    const back = await measurer.compare({ ...question, base: question.candidate, candidate: question.base });
    const [test, turned] = [there.tests[0], back.tests[0]];
    expect(turned).toMatchObject({
      onlyBaseRight: test?.onlyCandidateRight,
      onlyCandidateRight: test?.onlyBaseRight,
      pValue: test?.pValue,
    });
    const difference = accuracy(OTHER) - accuracy(HEAD);
    const [gain, loss] = [there.intervals.side_accuracy, back.intervals.side_accuracy];
    expect(difference).not.toBe(0);
    for (const [interval, value] of [
      [gain, difference],
      [loss, -difference],
    ] as const) {
      expect(interval?.low).toBeLessThanOrEqual(value);
      expect(interval?.high).toBeGreaterThanOrEqual(value);
    }
  });

  it('of a version with itself finds nothing', async () => {
    const { measurer } = await start();
    const { predictions } = await measured(measurer);
    const { tests, intervals, composite } = await measurer.compare({ base: predictions, candidate: predictions, ...RULES });
    expect(tests[0]).toMatchObject({ onlyBaseRight: 0, onlyCandidateRight: 0, pValue: 1, significant: false });
    // Not zero wide: of 60 samples nobody knows that there is no difference at all.
    for (const interval of [composite, intervals.side_accuracy]) {
      expect(interval?.low).toBeLessThanOrEqual(0);
      expect(interval?.high).toBeGreaterThanOrEqual(0);
    }
  });

  it('says by its code what is wrong with the predictions, and works once they are measured again', async () => {
    const { measurer, blobs } = await start();
    const { predictions } = await measured(measurer);
    const garbage = Buffer.from('no archive');
    const digest = createHash('sha256').update(garbage).digest('hex');
    await blobs.put(digest, Readable.from([garbage]));
    const question = { base: predictions, candidate: digest, ...RULES };
    await expect(measurer.compare(question)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    const [path, other] = [blobs.localPath(predictions), (await measured(measurer, [OTHER])).predictions];
    await chmod(path, 0o644);
    await copyFile(blobs.localPath(other), path);
    const swapped = { base: predictions, candidate: other, ...RULES };
    await expect(measurer.compare(swapped)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED', message: expect.stringContaining(other) });
    await measured(measurer);
    expect((await measurer.compare(swapped)).tests).toHaveLength(1);
    const missing = { ...question, candidate: 'f'.repeat(64) };
    await expect(measurer.compare(missing)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });
});
