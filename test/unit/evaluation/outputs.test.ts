import { describe, expect, it } from 'vitest';
import { type ClassifierTask, encodeModel, floatPort, heads } from '../../../src/demo/encodeClassifier.js';
import { EXTERNAL_DATA } from '../../support/onnx.js';
import { arrays, classifier, HEAD } from './classifier.js';
import { benchmarkOf, evaluated, failure, modelOf } from './evaluators.js';

const AXIS_0 = [{ name: 'axis', type: 2, i: 0 }];

/** Three columns that pass what they are fed on: an output that the benchmark spells out. */
function mirror(): Buffer {
  const node = [{ opType: 'Identity', input: ['features'], output: ['side'] }];
  return encodeModel({ name: 'g', node, input: [floatPort('features', ['batch', 3])], output: [floatPort('side', ['batch', 3])] });
}

const rows = (samples: number, row: (sample: number) => readonly number[]) => ({
  ...arrays(samples),
  features: { dtype: 'float32', shape: [samples, 3], data: Array.from({ length: samples }, (_, i) => [...row(i)]).flat() },
});

describe('an output is refused, and told by its name,', () => {
  it('where it holds NaN or infinities, with the sample', async () => {
    const sound = [0.25, 0.25, 0.5];
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const benchmark = await benchmarkOf(rows(600, (i) => (i === 300 ? [0, odd, 1] : sound)));
      await expect(evaluated(await modelOf(mirror()), benchmark)).rejects.toEqual(failure('output side holds', `${odd}`, 'sample 300'));
    }
  });

  it.each([3, 17_000])('where it gives probabilities, and something else for sample %i', async (odd) => {
    // 64 batches of 256 samples are recorded at once: what most of the first 16,384 are decides.
    const benchmark = await benchmarkOf(rows(20_000, (i) => (i === odd ? [0, 0, 0] : [0.25, 0.25, 0.5])));
    const texts = ['output side gives probabilities', `sample ${odd}`, 'do not sum to 1'];
    await expect(evaluated(await modelOf(mirror()), benchmark)).rejects.toEqual(failure(...texts));
  });

  it('is taken for logits where a few of them sum to 1 by chance', async () => {
    const benchmark = await benchmarkOf(rows(300, (i) => (i % 10 === 0 ? [0.25, 0.25, 0.5] : [2, 3, 1])));
    await expect(evaluated(await modelOf(mirror()), benchmark)).resolves.toBeDefined();
  });

  it('where it is none from the first of many samples on', async () => {
    const benchmark = await benchmarkOf(rows(100_000, (i) => (i === 0 ? [0, Number.NaN, 1] : [0.25, 0.25, 0.5])));
    await expect(evaluated(await modelOf(mirror()), benchmark)).rejects.toEqual(failure('output side holds NaN for sample 0'));
  });

  it('where it is made of whole numbers', async () => {
    const { node, initializer } = heads('features', [HEAD]);
    const best = { opType: 'ArgMax', input: ['side'], output: ['best'], attribute: [{ name: 'axis', type: 2, i: 1 }] };
    const output = floatPort('best', ['batch', 1]);
    if (output.type?.tensorType) output.type.tensorType.elemType = 7;
    const graph = { name: 'g', node: [...node, best], initializer, input: [floatPort('features', ['batch', 2])], output: [output] };
    const free = { ...output, type: { tensorType: { elemType: 7, shape: { dim: [{ dimParam: 'batch' }, { dimParam: 'k' }] } } } };
    const model = await modelOf(encodeModel({ ...graph, output: [free] }), { outputs: [{ task: 'side', output: 'best' }] });
    await expect(evaluated(model, await benchmarkOf(arrays(10)))).rejects.toEqual(failure('output best is int64', 'floats'));
  });

  it('where it has another number of values than classes', async () => {
    const pair: ClassifierTask = { ...HEAD, classes: ['up', 'down'], weights: HEAD.weights.slice(0, 2), bias: HEAD.bias.slice(0, 2) };
    const declared = await modelOf(classifier({ heads: [pair] }));
    await expect(evaluated(declared, await benchmarkOf(arrays(10)))).rejects.toMatchObject({
      code: 'EVALUATION_FAILED',
      message: 'output side.answer has 2 values, and task side of the version 3 classes',
    });
    const { node, initializer } = heads('features', [pair]);
    const graph = {
      name: 'g',
      node,
      initializer,
      input: [floatPort('features', ['batch', 2])],
      output: [floatPort('side', ['batch', 'k'])],
    };
    const undeclared = await modelOf(encodeModel(graph));
    await expect(evaluated(undeclared, await benchmarkOf(arrays(10)))).rejects.toEqual(failure('output side', '[10, 2]', '10 x 3'));
  });

  it('where it has more rows than there are samples', async () => {
    const { node, initializer, output } = heads('twice', [HEAD]);
    const twice = { opType: 'Concat', input: ['features', 'features'], output: ['twice'], attribute: AXIS_0 };
    const graph = { name: 'g', node: [twice, ...node], initializer, input: [floatPort('features', ['batch', 2])] };
    const renamed = output.map(() => floatPort('side', ['rows', 3]));
    const model = await modelOf(encodeModel({ ...graph, output: renamed }));
    await expect(evaluated(model, await benchmarkOf(arrays(10)))).rejects.toEqual(failure('output side', '[20, 3]', '10 x 3'));
  });

  it('where its rows are the classes and its columns the samples', async () => {
    const { node, initializer } = heads('features', [HEAD]);
    const turned = { opType: 'Transpose', input: ['side'], output: ['turned'] };
    const graph = { name: 'g', node: [...node, turned], initializer, input: [floatPort('features', ['batch', 2])] };
    const model = await modelOf(encodeModel({ ...graph, output: [floatPort('turned', ['classes', 'batch'])] }));
    await expect(evaluated(model, await benchmarkOf(arrays(10)))).rejects.toEqual(failure('output turned', '[3, 10]', '10 x 3'));
  });
});

describe('a file is refused', () => {
  it.each(Object.entries(EXTERNAL_DATA))('where it refers to other files: %s', async (_, encode) => {
    await expect(evaluated(await modelOf(encode()), await benchmarkOf(arrays(4)))).rejects.toEqual(failure('external data'));
  });

  it('where it is no ONNX file', async () => {
    await expect(evaluated(await modelOf(Buffer.from('no model')), await benchmarkOf(arrays(4)))).rejects.toEqual(failure(''));
  });
});
