import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';
import { createPredictionsWriter } from '../../../src/scoring/predictions/createPredictionsWriter.js';
import { readPredictions } from '../../../src/scoring/predictions/readPredictions.js';
import { writePredictions } from '../../../src/scoring/predictions/writePredictions.js';
import { npz } from '../../support/npz.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const folder = await temporaryFolder();
let files = 0;
const newPath = (): string => join(folder, `${files++}.npz`);

const MAGNITUDE: TaskPredictions = {
  task: 'magnitude',
  classes: ['Large', 'Normal', 'Südwest', '𝒳東'],
  absent: ['Südwest'],
  negativeClass: 'Normal',
  labels: Int32Array.of(1, 0, 2),
  predicted: Int32Array.of(1, 0, 0),
  probabilities: Float32Array.of(0.25, 0.5, 0, 0.25, 1, 0, 0, 0, 0.5, 0, 0, 0.5),
};
const AZIMUTH: TaskPredictions = {
  task: 'azimuth',
  classes: ['N', 'S'],
  absent: [],
  negativeClass: null,
  labels: Int32Array.of(0, 1, 1),
  predicted: Int32Array.of(0, 1, 0),
  probabilities: Float32Array.of(0.5, 0.5, 0.1, 0.9, 0.6, 0.4),
};

async function written(predictions: readonly TaskPredictions[]): Promise<string> {
  const path = newPath();
  await writePredictions(path, predictions);
  return path;
}

describe('a file of predictions', () => {
  it('gives back what was written, tasks in their order', async () => {
    expect(await readPredictions(await written([MAGNITUDE, AZIMUTH]))).toEqual([MAGNITUDE, AZIMUTH]);
    expect(await readPredictions(await written([AZIMUTH, MAGNITUDE]))).toEqual([AZIMUTH, MAGNITUDE]);
  });

  it('gives any predictions back', async () => {
    const shape = fc.record({ n: fc.integer({ min: 0, max: 30 }), k: fc.integer({ min: 2, max: 6 }) });
    const predictions = shape.chain(({ n, k }) =>
      fc.record({
        classes: fc.uniqueArray(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }).filter((c) => !c.endsWith('\0')),
          {
            minLength: k,
            maxLength: k,
          },
        ),
        labels: fc.array(fc.nat({ max: k - 1 }), { minLength: n, maxLength: n }),
        probabilities: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: n * k, maxLength: n * k }),
      }),
    );
    const check = fc.asyncProperty(predictions, async ({ classes, labels, probabilities }) => {
      const first = { task: 't', classes, absent: classes.slice(2), negativeClass: classes[1] ?? null };
      const best = labels.map((_, i) => {
        const row = probabilities.slice(i * classes.length, (i + 1) * classes.length);
        return row.indexOf(Math.max(...row));
      });
      const task = {
        ...first,
        labels: Int32Array.from(labels),
        probabilities: Float32Array.from(probabilities),
        predicted: Int32Array.from(best),
      };
      expect(await readPredictions(await written([task]))).toEqual([task]);
    });
    await fc.assert(check, { numRuns: 40 });
  });

  it('has the same bytes for the same predictions, in whatever pieces and time zone they come', async () => {
    const whole = await readFile(await written([MAGNITUDE, AZIMUTH]));
    const path = newPath();
    const zone = process.env.TZ;
    process.env.TZ = 'Pacific/Kiritimati';
    const writer = await createPredictionsWriter(path, [MAGNITUDE, AZIMUTH]);
    for (let i = 0; i < 3; i += 1) {
      for (const { task, classes, probabilities, labels } of [AZIMUTH, MAGNITUDE]) {
        await writer.append(task, probabilities.slice(i * classes.length, (i + 1) * classes.length), labels.slice(i, i + 1));
      }
    }
    await writer.finish();
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(await readFile(path)).toEqual(whole);
  });

  it('holds more than is gathered in memory, and is compressed', async () => {
    const path = newPath();
    const writer = await createPredictionsWriter(path, [AZIMUTH]);
    const n = 50_000;
    const probabilities = Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? 0.25 : 0.75));
    for (let i = 0; i < 20; i += 1) await writer.append('azimuth', probabilities, new Int32Array(n).fill(i % 2));
    await writer.finish();
    const [read] = await readPredictions(path);
    expect(read?.labels).toHaveLength(20 * n);
    expect(read?.labels.reduce((sum, label) => sum + label, 0)).toBe(10 * n);
    expect(read?.predicted.every((p) => p === 1)).toBe(true);
    expect((await readFile(path)).length).toBeLessThan(200_000);
  });

  it('leaves nothing else behind, written or given up', async () => {
    const before = await readdir(folder);
    const path = await written([MAGNITUDE]);
    const writer = await createPredictionsWriter(newPath(), [MAGNITUDE]);
    await writer.append('magnitude', MAGNITUDE.probabilities, MAGNITUDE.labels);
    expect(await readdir(folder)).toHaveLength(before.length + 2);
    await writer.discard();
    await writer.discard();
    expect((await readdir(folder)).filter((name) => !before.includes(name)).map((name) => join(folder, name))).toEqual([path]);
  });
});

describe('refusals', () => {
  it('tasks whose arrays would be called the same', async () => {
    const clash = createPredictionsWriter(newPath(), [MAGNITUDE, { ...AZIMUTH, task: 'magnitude_label' }]);
    await expect(clash).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('an array magnitude_label') });
  });

  it('probabilities that do not fit their labels, and tasks that are none', async () => {
    const writer = await createPredictionsWriter(newPath(), [AZIMUTH]);
    await expect(writer.append('azimuth', new Float32Array(5), new Int32Array(2))).rejects.toThrow('5 probabilities do not make 2 x 2');
    await expect(writer.append('depth', new Float32Array(4), new Int32Array(2))).rejects.toThrow('no task is called depth');
    await writer.discard();
  });

  it('a file that is cut short, and one that misses an array', async () => {
    const path = await written([AZIMUTH]);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 30));
    await expect(readPredictions(path)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    const names = { dtype: '<U1', shape: [2], data: ['N', 'S'] };
    await writeFile(path, npz({ a: { dtype: 'float32', shape: [1, 2], data: [0, 1] }, a_classes: names }));
    await expect(readPredictions(path)).rejects.toThrow('the predictions cannot be read: there is no array a_label');
    await writeFile(path, npz({ a: { dtype: 'float64', shape: [1, 2], data: [0, 1] }, a_classes: names }));
    await expect(readPredictions(path)).rejects.toThrow('the predictions cannot be read: array a is of the type <f8');
  });
});

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
it.runIf(hasNumpy)('numpy reads all of it, without pickles', async () => {
  const script = `
import json, numpy as np, sys
z = np.load(sys.argv[1], allow_pickle=False)
print(json.dumps({k: [str(z[k].dtype), list(z[k].shape), z[k].tolist()] for k in z.files}))`;
  const run = spawnSync('python3', ['-c', script, await written([MAGNITUDE, AZIMUTH])]);
  expect(JSON.parse(run.stdout.toString())).toEqual({
    magnitude: ['float32', [3, 4], [0, 1, 2].map((i) => [...MAGNITUDE.probabilities.subarray(i * 4, i * 4 + 4)])],
    magnitude_label: ['int32', [3], [1, 0, 2]],
    magnitude_classes: ['<U7', [4], MAGNITUDE.classes],
    magnitude_absent: ['<U7', [1], ['Südwest']],
    magnitude_negative: ['<U6', [1], ['Normal']],
    azimuth: ['float32', [3, 2], [0, 1, 2].map((i) => [...AZIMUTH.probabilities.subarray(i * 2, i * 2 + 2)])],
    azimuth_label: ['int32', [3], [0, 1, 1]],
    azimuth_classes: ['<U1', [2], ['N', 'S']],
    azimuth_absent: ['<U1', [0], []],
    azimuth_negative: ['<U1', [0], []],
  });
});
