import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { PredictionAnswer, PredictTensor } from '../../../src/domain/prediction.js';
import type { Task } from '../../../src/domain/task.js';
import type { ModelSource } from '../../../src/scoringPorts.js';
import { constantOfEightGigabytes, EXTERNAL_DATA, slowToLoad, softmaxClassifier } from '../../support/onnx.js';
import { childPids, expectRight, modelFile, type Steerable, startPredictor, steerables, tensors } from './predictors.js';
import { steerableModel } from './steerableModel.js';

const task = (name: string, classes: readonly string[]): Task => ({ name, classes, negativeClass: null, criticalClasses: [], bins: [] });
const SIZE = task('size', ['large', 'small']);
const COLOUR = task('colour', ['red', 'green', 'blue']);
const LN = Math.log;

/** Two features; size has logits (f0, f1), colour (0, ln 2, ln 5), so that its probabilities are 1/8, 2/8 and 5/8. */
async function classifier(source: Partial<ModelSource> = {}): Promise<ModelSource> {
  const size = {
    name: 'size',
    classes: SIZE.classes,
    weights: [
      [1, 0],
      [0, 1],
    ],
    bias: [0, 0],
  };
  const colour = {
    name: 'colour',
    classes: COLOUR.classes,
    weights: [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    bias: [0, LN(2), LN(5)],
  };
  const outputs = [SIZE, COLOUR].map(({ name }) => ({ task: name, output: name }));
  return modelFile(softmaxClassifier({ features: 2, tasks: [size, colour] }), { outputs, tasks: [SIZE, COLOUR], ...source });
}

const features = (data: number[], shape = [1, 2]): PredictTensor => ({ name: 'features', shape, dtype: null, data });

function expectProbabilities(answer: PredictionAnswer, name: string, expected: readonly (readonly [string, number])[]): void {
  const found = answer.tasks.find((t) => t.task === name);
  expect(found?.class).toBe(expected[0]?.[0]);
  expect(found?.probability).toBe(found?.probabilities[0]?.probability);
  expect(found?.probabilities.map((p) => p.class)).toEqual(expected.map(([label]) => label));
  for (const [i, [, probability]] of expected.entries()) expect(found?.probabilities[i]?.probability).toBeCloseTo(probability, 6);
}

describe('an answer', () => {
  it('has every task, and its classes the likeliest first', async () => {
    const answer = await startPredictor().predict({ key: 'k', model: await classifier(), tensors: [features([0, LN(3)])] });
    expect(answer.tasks.map((t) => t.task)).toEqual(['size', 'colour']);
    expectProbabilities(answer, 'size', [
      ['small', 3 / 4],
      ['large', 1 / 4],
    ]);
    expectProbabilities(answer, 'colour', [
      ['blue', 5 / 8],
      ['green', 2 / 8],
      ['red', 1 / 8],
    ]);
    expect(answer.milliseconds).toBeGreaterThan(0);
  });

  it('names classes by class_mappings.json, in whatever order the version has them', async () => {
    const classMappings = { size: { '0': 'small', '1': 'large' }, colour: { '0': 'blue', '1': 'red', '2': 'green' } };
    const model = await classifier({ classMappings });
    const answer = await startPredictor().predict({ key: 'k', model, tensors: [features([0, LN(3)])] });
    expectProbabilities(answer, 'size', [
      ['large', 3 / 4],
      ['small', 1 / 4],
    ]);
    expectProbabilities(answer, 'colour', [
      ['green', 5 / 8],
      ['red', 2 / 8],
      ['blue', 1 / 8],
    ]);
  });

  it('is the same for an array of a type, the type of the model or another', async () => {
    const [predictor, model] = [startPredictor(), await classifier()];
    const arrays = [
      { dtype: 'float32', data: Float32Array.of(0, 2) },
      { dtype: 'float64', data: Float64Array.of(0, 2) },
      { dtype: 'int64', data: BigInt64Array.of(0n, 2n) },
      { dtype: 'int32', data: Int32Array.of(0, 2) },
      { dtype: 'uint8', data: Uint8Array.of(0, 2) },
      // 2 in IEEE 754 binary16: exponent 16, no fraction.
      { dtype: 'float16', data: Uint16Array.of(0, 0x4000) },
    ];
    const small = 1 / (1 + Math.exp(-2));
    for (const array of arrays) {
      const answer = await predictor.predict({ key: 'k', model, tensors: [{ name: 'features', shape: [1, 2], ...array }] });
      expectProbabilities(answer, 'size', [
        ['small', small],
        ['large', 1 - small],
      ]);
    }
  });
});

describe('tensors that do not fit', () => {
  it.each<[string, PredictTensor[], RegExp]>([
    ['an unknown name', [features([1, 2]), { ...features([1, 2]), name: 'pixels' }], /no input "pixels".*"features"/],
    ['nothing', [], /"features" is missing.*\[any, 2\]/],
    ['a name twice', [features([1, 2]), features([1, 2])], /two tensors have the same name/],
    ['too few numbers', [features([1])], /shape \[1, 2\] has 2 elements, and 1 came/],
    ['another rank', [features([1, 2], [2])], /shape \[2\], and the model takes \[any, 2\]/],
    ['another size', [features([1, 2, 3], [1, 3])], /shape \[1, 3\], and the model takes \[any, 2\]/],
    ['two samples', [features([1, 2, 3, 4], [2, 2])], /\[2, 2\] is 2 samples.*send \[1, 2\]/],
    ['no sample', [features([], [0, 2])], /\[0, 2\] is 0 samples/],
    ['a size below zero', [features([1, 2], [-1, -2])], /\[-1, -2\] is no shape/],
    ['a number that float32 cannot hold', [features([1, 1e39])], /element 1 is 1e\+39/],
  ])('%s: refused, and the session goes on', async (_, sent, message) => {
    const [predictor, model] = [startPredictor(), await classifier()];
    const asked = predictor.predict({ key: 'k', model, tensors: sent });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(message) });
    const [pid] = await childPids();
    await predictor.predict({ key: 'k', model, tensors: [features([0, 1])] });
    expect(await childPids()).toEqual([pid]);
  });

  it.each([[1.5], [2 ** 63], [-(2 ** 64)]])('%d is no int64', async (laps) => {
    const [steerable] = (await steerables(1)) as [Steerable];
    const predictor = startPredictor();
    const asked = predictor.predict({ ...steerable, tensors: tensors(1, { laps }) });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/"laps".*int64/) });
    await expectRight(predictor, steerable, 3);
  });
});

describe('a model that gives no answer', () => {
  const failure = (message: RegExp) => ({ code: 'PREDICTION_FAILED', message: expect.stringMatching(message) });

  it.each<[string, () => Buffer, RegExp]>([
    ['no model', () => Buffer.from('nothing of the kind'), /does not load: the file is not an ONNX model/],
    ['external data', EXTERNAL_DATA.initializer as () => Buffer, /does not load: .*external data/],
    ['one that loads for ever', slowToLoad, /took longer than 2 s|needs more than 1024 MB/],
  ])('%s: the reason is given, and given again', async (_, bytes, message) => {
    const predictor = startPredictor({ timeoutMs: 2_000 });
    const model = await modelFile(bytes());
    await expect(predictor.warm('k', model)).rejects.toMatchObject(failure(message));
    await expect(predictor.predict({ key: 'k', model, tensors: [] })).rejects.toMatchObject(failure(message));
    expect(await childPids()).toEqual([]);
  });

  it('loads once the reason is gone', async () => {
    const predictor = startPredictor();
    const model = await modelFile(Buffer.from('nothing of the kind'));
    await expect(predictor.warm('k', model)).rejects.toMatchObject({ code: 'PREDICTION_FAILED' });
    await writeFile(model.path, steerableModel(2));
    await expectRight(predictor, { key: 'k', odds: 2, model }, 3);
  });

  it('says that its file is gone', async () => {
    const model = await modelFile(steerableModel(1));
    await rm(model.path);
    await expect(startPredictor().warm('k', model)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it('needs 8 GB for any answer', async () => {
    const predictor = startPredictor({ memoryMb: 512 });
    const model = await modelFile(constantOfEightGigabytes(), { outputs: [{ task: 'side', output: 'y' }] });
    await expect(predictor.predict({ key: 'k', model, tensors: [] })).rejects.toMatchObject({ code: 'PREDICTION_FAILED' });
  });

  it('answers with what is no number', async () => {
    const nan = { name: 'side', classes: ['up', 'down'], weights: [[1], [0]], bias: [Number.NaN, 0] };
    const model = await modelFile(softmaxClassifier({ features: 1, tasks: [nan] }));
    const predictor = startPredictor();
    const asked = predictor.predict({ key: 'k', model, tensors: [features([1], [1, 1])] });
    await expect(asked).rejects.toMatchObject(failure(/NaN/));
  });
});
