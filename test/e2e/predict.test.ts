import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type JuaraClient, type Prediction } from '../../src/client/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { LABELS, SPELLED, SURE, spelledBenchmark, spelledModel, spelledSample, wrongOn } from '../support/spelled.js';

/** Version 1.0.<slot> reads what it answers from the sample. */
const SLOTS = 3;
const ANSWERS = [wrongOn({}), wrongOn({ 1: [60, 2] }), wrongOn({ 3: [60, 0] })];

let server: TestServer;
let client: JuaraClient;
let anyone: JuaraClient;

beforeAll(async () => {
  server = await startTestServer();
  client = createClient({ url: server.url, token: server.token });
  anyone = createClient({ url: server.url });
  const file = spelledBenchmark(LABELS, ANSWERS);
  await client.registerBenchmark({ name: 'field', file, format: 'NPZ', tasks: [SPELLED] });
  for (const name of ['served', 'idle']) {
    await client.createModel({ name, tasks: [SPELLED] });
    for (let slot = 0; slot < SLOTS; slot += 1) {
      await client.register({ model: name, version: `1.0.${slot}`, files: { 'model.onnx': spelledModel(slot, SLOTS) } });
    }
  }
  await promote('1.0.0');
});
afterAll(() => server?.stop());

async function promote(version: string): Promise<void> {
  const { outcome } = await client.promote({ model: 'served', version, overrideReason: 'the test says so' });
  expect(outcome).toBe('PROMOTED');
}

/** A sample to which version 1.0.<slot> answers class `answers[slot]`. */
const tensors = (answers: readonly number[]) => [{ name: 'features', shape: [1, SLOTS * 4], data: spelledSample(answers) }];

/** Holds the answer against the closed form of the version that it names. */
function expectAnswerOf({ version, tasks, milliseconds }: Prediction, answers: readonly number[]): void {
  const wanted = SPELLED.classes[answers[Number(version.version.split('.')[2])] ?? -1];
  expect(tasks).toHaveLength(1);
  expect(tasks[0]).toMatchObject({ task: 'magnitude', class: wanted });
  expect(tasks[0]?.probability).toBeCloseTo(SURE, 5);
  expect(tasks[0]?.probabilities.map((p) => p.class).toSorted()).toEqual(SPELLED.classes.toSorted());
  for (const { class: name, probability } of tasks[0]?.probabilities ?? [])
    expect(probability).toBeCloseTo(name === wanted ? SURE : (1 - SURE) / 3, 5);
  expect(milliseconds).toBeGreaterThan(0);
}

describe('predict', () => {
  it('asks the champion unless a version is named', async () => {
    const answers = [0, 1, 2];
    const asked = await anyone.predict({ model: 'served', tensors: tensors(answers) });
    expect(asked.version).toEqual({ modelId: 'served_v1.0.0', version: '1.0.0' });
    expectAnswerOf(asked, answers);
    for (const version of ['1.0.0', '1.0.1', '1.0.2']) {
      const named = await anyone.predict({ model: 'served', version, tensors: tensors(answers) });
      expect(named.version.version).toBe(version);
      expectAnswerOf(named, answers);
    }
  });

  it("gives the same for a benchmark's sample as for its tensors, and as was measured", async () => {
    for (const index of [0, 20, 79, 140, 199]) {
      const answers = ANSWERS.map((of) => of[index] ?? -1);
      for (const version of ['1.0.0', '1.0.1', '1.0.2']) {
        const sample = await anyone.predict({ model: 'served', version, sample: { benchmark: 'field', index } });
        expectAnswerOf(sample, answers);
        expect(sample.tasks).toEqual((await anyone.predict({ model: 'served', version, tensors: tensors(answers) })).tasks);
      }
    }
  });

  it('refuses what is no sample', async () => {
    const sample = (benchmark: string, index: number) => anyone.predict({ model: 'served', sample: { benchmark, index } });
    for (const index of [-1, 200])
      await expect(sample('field', index)).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('0 to 199') });
    await expect(sample('none', 0)).rejects.toMatchObject({ code: 'BENCHMARK_NOT_FOUND' });
    const both = { tensors: tensors([0, 0, 0]), sample: { benchmark: 'field', index: 0 } };
    for (const wrong of [{}, both])
      await expect(anyone.predict({ model: 'served', ...wrong })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('refuses tensors that do not fit, with both shapes', async () => {
    const ask = (shape: readonly number[], name = 'features') => {
      const data = Array(shape.reduce((a, b) => a * b, 1)).fill(0);
      return anyone.predict({ model: 'served', tensors: [{ name, shape, data }] });
    };
    await expect(ask([1, 5])).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/\[1, 5\].*\[any, 12\]/) });
    await expect(ask([2, 12])).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('2 samples') });
    await expect(ask([1, 12], 'pixels')).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('"features"') });
    const short = { name: 'features', shape: [1, 12], data: [1, 2, 3] };
    await expect(anyone.predict({ model: 'served', tensors: [short] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('12 elements, and 3 came'),
    });
  });

  it('says so where nobody can be asked', async () => {
    const given = { tensors: tensors([0, 1, 2]) };
    await expect(anyone.predict({ model: 'idle', ...given })).rejects.toMatchObject({ code: 'NO_CHAMPION' });
    await expect(anyone.predict({ model: 'none', ...given })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await expect(anyone.predict({ model: 'served', version: '9.9.9', ...given })).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
    await client.register({ model: 'idle', version: '2.0.0', files: { 'weights.pth': Buffer.from('opaque') } });
    await expect(anyone.predict({ model: 'idle', version: '2.0.0', ...given })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('no ONNX file'),
    });
  });
});

describe('while the champion changes', () => {
  const CHANGES = 200;

  it('no prediction fails, and each is the answer of the version that it names', async () => {
    let over = false;
    const seen = new Map<string, number>();
    const ask = async (own: number): Promise<number> => {
      let count = 0;
      for (; !over; count += 1) {
        // Another answer is expected of each version, and of each request.
        const answers = [0, 1, 2].map((slot) => (own + count + slot) % 4);
        const prediction = await anyone.predict({ model: 'served', tensors: tensors(answers) });
        expectAnswerOf(prediction, answers);
        seen.set(prediction.version.version, (seen.get(prediction.version.version) ?? 0) + 1);
      }
      return count;
    };
    const clients = Promise.all([0, 1, 2, 3].map(ask));
    const change = async (): Promise<void> => {
      await promote('1.0.1');
      let champion = '1.0.1';
      for (let i = 1; i < CHANGES; i += 1) {
        champion = champion === '1.0.1' ? '1.0.0' : '1.0.1';
        if (i % 4 === 3) {
          // The long way round: back to a challenger, and promoted again.
          await client.nominate({ model: 'served', version: champion });
          await promote(champion);
        } else await client.rollback({ model: 'served', version: champion, reason: 'in turn' });
      }
    };
    const [counts] = await Promise.all([
      clients,
      change().finally(() => {
        over = true;
      }),
    ]);
    expect(counts.every((count) => count > 0)).toBe(true);
    expect([...seen.keys()].toSorted()).toEqual(['1.0.0', '1.0.1']);
    const events = await client.events({ model: 'served', types: ['PROMOTED', 'ROLLED_BACK'], first: 1000 });
    expect(events.nodes).toHaveLength(1 + CHANGES);
    const pairs = events.nodes.map((e) => ('to' in e ? `${e.from?.version} to ${e.to.version}` : ''));
    expect(new Set(pairs.slice(1))).toEqual(new Set(['1.0.0 to 1.0.1', '1.0.1 to 1.0.0']));
    expect(server.logs().stderr).toBe('');
  });
});
