import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEMO_TASKS } from '../../src/demo/demoTasks.js';
import { PRECURSOR_SEED, type PrecursorModel, trainPrecursorModels } from '../../src/demo/precursorModels.js';
import { createRandom } from '../../src/demo/random.js';
import { seedWeights } from '../../src/demo/seedWeights.js';
import { predict } from '../../src/demo/softmaxRegression.js';
import { BANDS, makeSpectrograms } from '../../src/demo/spectrograms.js';
import { compareReported } from '../../src/domain/comparison.js';
import { judge } from '../../src/domain/decision.js';
import { reportedMetrics } from '../../src/domain/metric.js';
import { checkPolicy, defaultPolicy, PRECURSOR_POLICY } from '../../src/domain/policy.js';
import { PRECURSOR_TASKS } from '../../src/domain/precursor.js';
import { startCappedChild } from '../../src/scoring/cappedChild.js';
import { createInspector } from '../../src/scoring/createInspector.js';
import { INSPECT_CHILD, softmaxClassifier } from '../support/onnx.js';

const models = trainPrecursorModels();
const data = makeSpectrograms(PRECURSOR_SEED);
const metric = (model: PrecursorModel | undefined, name: string) => model?.metrics.find((m) => m.name === name)?.value ?? Number.NaN;
const folder = mkdtemp(join(tmpdir(), 'juara-demo-'));
afterAll(async () => rm(await folder, { recursive: true }));

/** Runs a model over rows in a child process: predicted position per row, for each output. */
async function runOnnx(bytes: Buffer, rows: readonly (readonly number[])[]): Promise<Record<string, number[]>> {
  const [model, script] = [join(await folder, `${createHash('sha256').update(bytes).digest('hex')}.onnx`), join(await folder, 'run.mjs')];
  await writeFile(model, bytes);
  await writeFile(script, RUN);
  const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
  const answers: unknown[] = [];
  const child = startCappedChild({
    script,
    args: [runtime, model],
    cwd: await folder,
    memoryMb: 512,
    timeoutMs: 30_000,
    onMessage: (message) => answers.push(message),
  });
  child.send({ rows: rows.map((r) => [...r]) });
  const end = await child.ended;
  if (answers.length !== 1) throw new Error(`${end.kind}: ${child.lastWords()}`);
  return answers[0] as Record<string, number[]>;
}
const RUN = `
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const { InferenceSession, Tensor } = createRequire(import.meta.url)(process.argv[2]);
process.once('message', async ({ rows }) => {
  const session = await InferenceSession.create(readFileSync(process.argv[3]));
  const results = await session.run({ features: new Tensor('float32', Float32Array.from(rows.flat()), [rows.length, rows[0].length]) });
  const best = (p, k) => Array.from({ length: p.length / k }, (_, i) => { const row = p.slice(i * k, (i + 1) * k); return row.indexOf(Math.max(...row)); });
  process.send(Object.fromEntries(Object.entries(results).map(([name, t]) => [name, best(t.data, t.dims[1])])));
});
`;

describe('the synthetic data', () => {
  it('has the sizes and the rarities of the original', () => {
    const count = (name: string) => data.test.filter((s) => s.magnitude === name).length;
    expect([data.train.length, data.val.length, data.test.length]).toEqual([1384, 284, 304]);
    expect([count('Large'), count('Moderate')]).toEqual([4, 3]);
    expect(data.test.every((s) => (s.magnitude === 'Normal') === (s.azimuth === 'Normal'))).toBe(true);
    expect(new Set(data.test.map((s) => s.azimuth)).size).toBe(9);
  });

  it('is drawn from a generator with the moments that it should have', () => {
    const random = createRandom(1);
    const draws = Array.from({ length: 20_000 }, () => random.normal());
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(createRandom(1).uniform()).not.toBe(createRandom(2).uniform());
    expect(createRandom(1).uniform()).not.toBe(createRandom(2 ** 32 + 1).uniform());
  });

  it('names the same tasks as the registry does', () => {
    expect(DEMO_TASKS).toEqual(PRECURSOR_TASKS);
  });
});

describe('the versions of precursor', () => {
  it('come out the same, byte for byte, every time', () => {
    expect(trainPrecursorModels()).toEqual(models);
  });

  it('are what the story needs: weak, good, luckier by two samples, and better on paper but blind to a Large event', () => {
    expect(models.map((m) => m.version)).toEqual(['1.0.0', '1.0.1', '1.0.2', '1.0.3']);
    const [weak, good, lucky, trap] = models;
    expect((metric(lucky, 'magnitude_accuracy') - metric(good, 'magnitude_accuracy')) * 3.04).toBeCloseTo(2, 6);
    expect(metric(good, 'magnitude_accuracy')).toBeGreaterThan(metric(weak, 'magnitude_accuracy') + 5);
    expect(metric(good, 'azimuth_accuracy')).toBeGreaterThan(metric(weak, 'azimuth_accuracy') + 5);
    expect(metric(trap, 'magnitude_accuracy')).toBeGreaterThan(metric(good, 'magnitude_accuracy'));
    expect(metric(trap, 'azimuth_accuracy')).toBeGreaterThan(metric(good, 'azimuth_accuracy'));
    expect(metric(trap, 'magnitude_recall_Large')).toBeLessThan(metric(good, 'magnitude_recall_Large'));
    for (const model of models) expect(metric(model, 'azimuth_accuracy')).toBeLessThan(metric(model, 'magnitude_accuracy'));
  });

  it.each([
    ['the default policy', defaultPolicy(PRECURSOR_TASKS)],
    ["the original's policy", PRECURSOR_POLICY],
  ])('%s promotes 1.0.1 and refuses 1.0.3', (_, policy) => {
    checkPolicy(policy, PRECURSOR_TASKS);
    const [first, second, , third] = models.map(({ version, metrics }) => ({ version, metrics: reportedMetrics(metrics) }));
    if (!first || !second || !third) throw new Error('four models');
    expect(judge(policy, compareReported(first, second, policy), []).outcome).toBe('PROMOTE');
    const refusal = judge(policy, compareReported(second, third, policy), []);
    expect(refusal.outcome).toBe('REFUSE');
    expect(refusal.rules).toContainEqual(expect.objectContaining({ rule: 'NO_HARM', subject: 'magnitude_recall_Large', passed: false }));
  });

  it('map output positions to classes; 1.0.0 knows no NE', () => {
    const [weak, good] = models.map((m) => m.classMappings);
    expect(good?.magnitude).toEqual({ '0': 'Large', '1': 'Medium', '2': 'Moderate', '3': 'Normal' });
    expect(Object.values(good?.azimuth ?? {})).toEqual(['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW', 'Normal']);
    expect(Object.values(weak?.azimuth ?? {})).toEqual(['N', 'E', 'SE', 'S', 'SW', 'W', 'NW', 'Normal']);
  });

  it('load, and reach in onnxruntime the accuracy that they report', async () => {
    const inspector = createInspector({ childPath: INSPECT_CHILD, memoryMb: 512, timeoutMs: 30_000 });
    for (const { version, onnx, classMappings, metrics } of models) {
      const path = join(await folder, `${version}.onnx`);
      await writeFile(path, onnx);
      const { inputs, outputs, producer } = await inspector.inspect(path);
      expect(inputs).toEqual([{ name: 'features', dtype: 'float32', shape: [null, BANDS], dimNames: ['batch', null] }]);
      expect(outputs.map((o) => [o.name, o.shape[1]])).toEqual([
        ['magnitude', 4],
        ['azimuth', version === '1.0.0' ? 8 : 9],
      ]);
      expect(producer).toBe('juara-demo');
      const answers = await runOnnx(
        onnx,
        data.test.map((s) => s.features),
      );
      for (const task of ['magnitude', 'azimuth'] as const) {
        const right = data.test.filter((s, i) => s[task] === classMappings[task]?.[String(answers[task]?.[i])]).length;
        expect((100 * right) / 304).toBeCloseTo(metrics.find((m) => m.name === `${task}_accuracy`)?.value ?? 0, 10);
      }
    }
    await inspector.close();
  });
});

it('an encoded classifier answers in onnxruntime as its weights do', async () => {
  const random = createRandom(5);
  const head = (name: string, classes: number) => ({
    name,
    classes: Array.from({ length: classes }, String),
    weights: Array.from({ length: classes }, () => Array.from({ length: 7 }, random.normal)),
    bias: Array.from({ length: classes }, random.normal),
  });
  const tasks = [head('one', 3), head('two', 5)];
  const rows = Array.from({ length: 50 }, () => Array.from({ length: 7 }, random.normal));
  const answers = await runOnnx(softmaxClassifier({ features: 7, tasks }), rows);
  expect(answers).toEqual(Object.fromEntries(tasks.map((t) => [t.name, rows.map((row) => predict(t, row))])));
});

describe('the weights of the seed', () => {
  it('are small, the same every time, and differ between versions', () => {
    const [old, present] = [seedWeights('1.0.0'), seedWeights('1.0.1')];
    expect(old.onnx.length).toBeLessThan(10_000);
    expect(old).toEqual(seedWeights('1.0.0'));
    expect(old.onnx.equals(present.onnx)).toBe(false);
    expect(Object.values(old.classMappings.azimuth ?? {})).not.toContain('NE');
    expect(Object.values(present.classMappings.azimuth ?? {})).toContain('NE');
  });
});
