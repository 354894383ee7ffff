import { describe, expect, it } from 'vitest';
import { encodeModel, floatPort, heads } from '../../../src/demo/encodeClassifier.js';
import { arrays, classifier, HEAD } from './classifier.js';
import { benchmarkOf, evaluated, failure, modelOf } from './evaluators.js';
import { expectRight } from './expectRight.js';

describe('inputs of the benchmark and of the model', () => {
  it('that the model does not take are left alone, with a note', async () => {
    const benchmark = await benchmarkOf({ ...arrays(10), station: { dtype: 'int64', shape: [10, 3], data: Array(30).fill(7) } });
    const { notes, tasks } = await evaluated(await modelOf(classifier()), benchmark);
    expect(notes).toEqual(["the benchmark's input station is not used by the model"]);
    expectRight(tasks[0], HEAD, 10);
  });

  it('that the benchmark lacks are told by name', async () => {
    const { features, ...labels } = arrays(10);
    if (features === undefined) throw new Error('no features');
    const benchmark = await benchmarkOf({ pixels: features, ...labels });
    await expect(evaluated(await modelOf(classifier()), benchmark)).rejects.toEqual(failure('"features"', '"pixels"'));
  });

  it('of another type are refused with both types', async () => {
    const model = await modelOf(classifier({ dtype: 'float32' }));
    await expect(evaluated(model, await benchmarkOf(arrays(10, 'uint8')))).rejects.toEqual(failure('"features"', 'uint8', 'float32'));
  });

  it('of another shape are refused with both shapes', async () => {
    const model = await modelOf(classifier());
    const wide = { ...arrays(10), features: { dtype: 'float32', shape: [10, 3], data: Array(30).fill(0) } };
    await expect(evaluated(model, await benchmarkOf(wide))).rejects.toEqual(failure('"features"', '[N, 3]', '[any, 2]'));
    const deep = { ...arrays(10), features: { dtype: 'float32', shape: [10, 2, 1], data: Array(20).fill(0) } };
    await expect(evaluated(model, await benchmarkOf(deep))).rejects.toEqual(failure('[N, 2, 1]', '[any, 2]'));
  });
});

describe('batches', () => {
  it('go on beyond the first', async () => {
    const { samples, tasks } = await evaluated(await modelOf(classifier()), await benchmarkOf(arrays(600)));
    expect(samples).toBe(600);
    expectRight(tasks[0], HEAD, 600);
  });

  it.each([1, 4, 16])('of a fixed size of %i hold no sample that is none', async (batch) => {
    const { samples, tasks } = await evaluated(await modelOf(classifier({ batch })), await benchmarkOf(arrays(10)));
    expect(samples).toBe(10);
    expectRight(tasks[0], HEAD, 10);
  });

  it('of a fixed size are filled up with what the model can answer to', async () => {
    // Multiplies a sample by its largest feature over itself: of nothing but zeros that is NaN.
    const node = [
      { opType: 'ReduceMax', input: ['features'], output: ['most'], attribute: [{ name: 'axes', type: 7, ints: [1] }] },
      { opType: 'Div', input: ['most', 'most'], output: ['unity'] },
      { opType: 'Mul', input: ['features', 'unity'], output: ['x'] },
    ];
    const rest = heads('x', [HEAD]);
    const graph = { name: 'g', input: [floatPort('features', [4, 2])], ...rest };
    const model = await modelOf(encodeModel({ ...graph, node: [...node, ...rest.node] }));
    const given = { ...arrays(6), features: { dtype: 'float32', shape: [6, 2], data: [1, 2, 3, 1, 1, 1, 2, 2, 3, 3, 1, 2] } };
    const { samples, tasks } = await evaluated(model, await benchmarkOf(given));
    expect(samples).toBe(6);
    // The first and the last sample are the same, and so are their answers.
    const rows = tasks[0]?.probabilities ?? new Float32Array(0);
    expect(rows).toHaveLength(18);
    expect(rows.slice(15)).toEqual(rows.slice(0, 3));
  });

  it('of no sample at all are refused', async () => {
    const model = await modelOf(classifier({ batch: 0 }));
    await expect(evaluated(model, await benchmarkOf(arrays(10)))).rejects.toEqual(failure('"features"'));
  });
});
