import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/domain/task.js';
import type { Batch, BenchmarkReader } from '../../../src/scoring/benchmark/benchmarkReader.js';
import { openBenchmark } from '../../../src/scoring/benchmark/openBenchmark.js';
import { halfBits, type NpyInput, type NpzOptions, npz } from '../../support/npz.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const task = (name: string, ...classes: string[]): Task => ({ name, classes, negativeClass: null, criticalClasses: [], bins: [] });
const MAGNITUDE = task('magnitude', 'Large', 'Medium', 'Normal');
const AZIMUTH = task('azimuth', 'N', 'Südwest', '東');

const folder = await temporaryFolder();
let files = 0;
async function open(bytes: Uint8Array, tasks: readonly Task[] = [MAGNITUDE]): Promise<BenchmarkReader> {
  files += 1;
  const path = join(folder, `${files}.npz`);
  await writeFile(path, bytes);
  return openBenchmark({ path, format: 'NPZ', csv: null, tasks });
}

async function all(reader: BenchmarkReader, size: number): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of reader.batches(size)) batches.push(batch);
  return batches;
}
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const WAYS: [string, NpzOptions][] = [
  ['stored', {}],
  ['deflated', { deflate: true }],
  ['stored, zip64', { zip64: true }],
  ['deflated, zip64', { deflate: true, zip64: true }],
];

describe.each(WAYS)('an NPZ benchmark, %s', (_, options) => {
  const arrays: Record<string, NpyInput> = {
    input: { dtype: 'float32', shape: [5, 2, 3], data: range(30) },
    magnitude: { dtype: 'int64', shape: [5], data: [0, 1, 2, 1, 0] },
    station: { dtype: 'int32', shape: [5], data: [7, 8, 9, 10, 11] },
    azimuth: { dtype: '<U7', shape: [5], data: ['N', '東', 'Südwest', 'N', '東'] },
  };

  it('comes in batches, inputs and labels in step', async () => {
    const reader = await open(npz(arrays, options), [MAGNITUDE, AZIMUTH]);
    expect(reader.samples).toBe(5);
    expect(reader.inputs).toEqual([
      { name: 'input', dtype: 'float32', sampleShape: [2, 3] },
      { name: 'station', dtype: 'int32', sampleShape: [] },
    ]);
    const batches = await all(reader, 2);
    expect(batches.map(({ first, count }) => [first, count])).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    expect(batches[1]).toEqual({
      first: 2,
      count: 2,
      inputs: new Map<string, unknown>([
        ['input', { data: Float32Array.from(range(12), (i) => i + 12), dtype: 'float32', shape: [2, 2, 3] }],
        ['station', { data: Int32Array.of(9, 10), dtype: 'int32', shape: [2] }],
      ]),
      labels: new Map([
        ['magnitude', Int32Array.of(2, 1)],
        ['azimuth', Int32Array.of(1, 0)],
      ]),
    });
    await reader.close();
  });

  it('hands over any one sample', async () => {
    const reader = await open(npz(arrays, options), [MAGNITUDE, AZIMUTH]);
    const samples = (await all(reader, 1)).map((batch) => JSON.stringify([batch.first, ...batch.inputs.values(), ...batch.labels]));
    for (const index of [3, 0, 4, 1]) {
      const { first, inputs, labels } = await reader.sample(index);
      expect(JSON.stringify([first, ...inputs.values(), ...labels])).toBe(samples[index]);
    }
    for (const index of [-1, 5, 1.5]) await expect(reader.sample(index)).rejects.toThrow(RangeError);
    await reader.close();
  });

  it('can be left early, and read again', async () => {
    const reader = await open(npz(arrays, options), [MAGNITUDE, AZIMUTH]);
    for await (const batch of reader.batches(2)) if (batch.first === 0) break;
    expect(await all(reader, 3)).toHaveLength(2);
    await reader.close();
  });
});

describe('types', () => {
  const magnitude: NpyInput = { dtype: 'uint8', shape: [3], data: [0, 1, 2] };
  it.each([
    ['float16', Uint16Array.from([1.5, -2, 0.25].map(halfBits))],
    ['float32', Float32Array.of(1.5, -2, 0.25)],
    ['float64', Float64Array.of(1.5, -2, 0.1)],
    ['uint8', Uint8Array.of(0, 7, 255)],
    ['int32', Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1)],
    ['int64', BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n)],
  ])('inputs of %s, in both byte orders', async (dtype, values) => {
    const data = dtype === 'float16' ? [1.5, -2, 0.25] : Array.from<number | bigint>(values);
    for (const version of [1, 2, 3] as const) {
      const reader = await open(npz({ x: { dtype, shape: [3], data, version }, magnitude }));
      expect((await reader.sample(1)).inputs.get('x')).toEqual({ data: values.slice(1, 2), dtype, shape: [1] });
      expect((await all(reader, 9))[0]?.inputs.get('x')).toEqual({ data: values, dtype, shape: [3] });
      await reader.close();
    }
    const big = { float16: '>f2', float32: '>f4', float64: '>f8', uint8: '|u1', int32: '>i4', int64: '>i8' }[dtype] ?? '';
    const reader = await open(npz({ x: { dtype: big, shape: [3], data }, magnitude }));
    expect((await all(reader, 9))[0]?.inputs.get('x')).toEqual({ data: values, dtype, shape: [3] });
    await reader.close();
  });

  it.each(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', '>i2', '>i8', '>u4'])(
    'labels of %s',
    async (dtype) => {
      const reader = await open(npz({ x: magnitude, magnitude: { dtype, shape: [3], data: [2, 0, 1] } }));
      expect((await all(reader, 9))[0]?.labels).toEqual(new Map([['magnitude', Int32Array.of(2, 0, 1)]]));
      await reader.close();
    },
  );

  it.each(['<U7', '>U9', 'S8', '|S20'])('labels of %s', async (dtype) => {
    const reader = await open(npz({ x: magnitude, azimuth: { dtype, shape: [3], data: ['東', 'N', 'Südwest'] } }), [AZIMUTH]);
    expect((await all(reader, 2)).map(({ labels }) => [...(labels.get('azimuth') ?? [])])).toEqual([[2, 0], [1]]);
    await reader.close();
  });

  it('lets an array of one column pass in either order', async () => {
    const reader = await open(npz({ x: { dtype: 'float32', shape: [3, 1], data: [1, 2, 3], fortranOrder: true }, magnitude }));
    expect((await all(reader, 3))[0]?.inputs.get('x')?.data).toEqual(Float32Array.of(1, 2, 3));
    await reader.close();
  });

  it('lets NaN and infinities of an input pass: what a model makes of them is its own affair', async () => {
    const reader = await open(npz({ x: { dtype: 'float32', shape: [3], data: [Number.NaN, Number.POSITIVE_INFINITY, 1] }, magnitude }));
    expect((await all(reader, 3))[0]?.inputs.get('x')?.data).toEqual(Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1));
    await reader.close();
  });
});

it('any arrays come back as they were written, whatever the size of the batches', async () => {
  const arrays = fc.record({
    samples: fc.integer({ min: 1, max: 40 }),
    row: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    size: fc.integer({ min: 1, max: 50 }),
    deflate: fc.boolean(),
    zip64: fc.boolean(),
    version: fc.constantFrom(1, 2, 3),
    seed: fc.infiniteStream(fc.float()),
    labels: fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
  });
  const check = fc.asyncProperty(arrays, async ({ samples, row, size, deflate, zip64, version, seed, labels }) => {
    const count = row.reduce((a, b) => a * b, samples);
    const values = Float32Array.from(seed.take(count).map((v) => v));
    const indices = Int32Array.from(labels.take(samples));
    const x: NpyInput = { dtype: 'float32', shape: [samples, ...row], data: Array.from(values), version };
    const magnitude: NpyInput = { dtype: 'int32', shape: [samples], data: indices };
    const reader = await open(npz({ x, magnitude }, { deflate, zip64 }));
    const batches = await all(reader, size);
    const read = batches.flatMap(({ inputs }) => Array.from<number | bigint>(inputs.get('x')?.data ?? []));
    expect(Float32Array.from(read.map(Number))).toEqual(values);
    expect(Int32Array.from(batches.flatMap((batch) => [...(batch.labels.get('magnitude') ?? [])]))).toEqual(indices);
    const one = await reader.sample(samples - 1);
    expect(one.inputs.get('x')?.data).toEqual(values.slice(count - count / samples));
    await reader.close();
  });
  await fc.assert(check, { numRuns: 60 });
});

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
it.runIf(hasNumpy)('numpy reads what the tests write, and the reader what numpy writes', async () => {
  const path = join(folder, 'numpy.npz');
  const script = `
import numpy as np, sys
np.savez_compressed(sys.argv[1], x=np.arange(12, dtype=np.float16).reshape(3, 4), magnitude=np.array(['Normal', 'Large', 'Medium']))
`;
  expect(spawnSync('python3', ['-c', script, path]).status).toBe(0);
  const reader = await openBenchmark({ path, format: 'NPZ', csv: null, tasks: [MAGNITUDE] });
  expect(await all(reader, 5)).toEqual([
    {
      first: 0,
      count: 3,
      inputs: new Map([['x', { data: Uint16Array.from(range(12).map(halfBits)), dtype: 'float16', shape: [3, 4] }]]),
      labels: new Map([['magnitude', Int32Array.of(2, 0, 1)]]),
    },
  ]);
  await reader.close();
  await writeFile(
    path,
    npz({ a: { dtype: 'float16', shape: [2], data: [1.5, -2] }, b: { dtype: '<U3', shape: [1], data: ['東é'] } }, { zip64: true }),
  );
  const read = spawnSync('python3', [
    '-c',
    'import numpy as np, sys; z = np.load(sys.argv[1]); print(z["a"].tolist(), z["b"].tolist())',
    path,
  ]);
  expect(read.stdout.toString().trim()).toBe("[1.5, -2.0] ['東é']");
});
