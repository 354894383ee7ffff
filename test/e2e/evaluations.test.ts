import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Evaluation, type JuaraClient, type TaskInput } from '../../src/client/index.js';
import { runJuara } from '../support/juara.js';
import { type NpyInput, npz } from '../support/npz.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { LABELS, SPELLED, SURE, spelledBenchmark, spelledModel, wrongOn } from '../support/spelled.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { ENDLESS } from '../unit/predict/predictors.js';
import { TASK as STEERED, steerableModel } from '../unit/predict/steerableModel.js';

/** Slot 0 is wrong on 40 of 200 samples, slot 1 on none. */
const ANSWERS = [wrongOn({ 1: [20, 2], 2: [20, 1] }), wrongOn({})];
const FIELD = spelledBenchmark(LABELS, ANSWERS);

let server: TestServer;
let client: JuaraClient;
const connect = ({ url, token }: TestServer): JuaraClient => createClient({ url, token });
const juara = (...args: string[]) => runJuara(args, { JUARA_URL: server.url, JUARA_TOKEN: server.token });

beforeAll(async () => {
  server = await startTestServer();
  client = connect(server);
  await client.createModel({ name: 'convnext', tasks: [SPELLED] });
  for (const slot of [0, 1])
    await client.register({ model: 'convnext', version: `1.0.${slot}`, files: { 'm.onnx': spelledModel(slot, 2) } });
});
afterAll(() => server?.stop());

async function written(name: string, content: string | Buffer): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

/** Process ids of the children of the server that evaluate. */
async function evaluating(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(threads.map((tid) => readFile(`/proc/${pid}/task/${tid}/children`, 'utf8').catch(() => '')));
  const children = lists.flatMap((list) => list.split(' ').filter((child) => child !== ''));
  const commands = await Promise.all(children.map((child) => readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')));
  return children.filter((_, i) => commands[i]?.includes('evaluateChild')).map(Number);
}

describe('registering a benchmark', () => {
  it('reads it through, and the same again changes nothing', async () => {
    const options = { name: 'field', file: FIELD, format: 'NPZ', tasks: [SPELLED] } as const;
    const benchmark = await client.registerBenchmark(options);
    expect(benchmark).toMatchObject({ samples: 200, uses: 0, inputs: [{ name: 'features', dtype: 'float32', sampleShape: [8] }] });
    expect(await client.registerBenchmark(options)).toEqual(benchmark);
    expect(await client.getBenchmark('field')).toEqual(benchmark);
    const events = await client.events({ types: ['BENCHMARK_REGISTERED'] });
    expect(events.nodes).toHaveLength(1);
    const others = [
      { ...options, file: spelledBenchmark(LABELS, ANSWERS.toReversed()) },
      { ...options, tasks: [{ ...SPELLED, negativeClass: 'Moderate' }] },
    ];
    for (const other of others) await expect(client.registerBenchmark(other)).rejects.toMatchObject({ code: 'BENCHMARK_EXISTS' });
  });

  it('goes by `juara benchmark` too, for NPZ and CSV', async () => {
    const file = await written('field.npz', FIELD);
    const registered = await juara('benchmark', 'register', 'field-by-cli', file, '--model', 'convnext', '--json');
    expect(registered).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(registered.stdout)).toMatchObject({ name: 'field-by-cli', samples: 200 });
    expect((await juara('benchmark', 'register', 'field-by-cli', file, '--model', 'convnext')).code).toBe(0);
    const other = await written('other.npz', spelledBenchmark(LABELS, ANSWERS.toReversed()));
    const taken = await juara('benchmark', 'register', 'field-by-cli', other, '--model', 'convnext');
    expect(taken).toMatchObject({ code: 5, stderr: expect.stringContaining('BENCHMARK_EXISTS') });

    const table = await written('table.csv', 'b_h,b_d,class\n0.5,1,Large\n1,2,Normal\n');
    const csv = await written(
      'csv.json',
      JSON.stringify({ input: 'x', features: ['b_h', 'b_d'], labels: [{ task: 'magnitude', column: 'class' }] }),
    );
    const tasks = await written('tasks.json', JSON.stringify([SPELLED]));
    expect(await juara('benchmark', 'register', 'table', table, '--tasks', tasks, '--csv', csv)).toMatchObject({ code: 0 });
    expect((await juara('benchmark', 'show', 'table')).stdout).toContain('x float32[2, 2]');
    const list = JSON.parse((await juara('benchmark', 'list', '--json')).stdout) as { name: string }[];
    expect(list.map(({ name }) => name)).toEqual(['field', 'field-by-cli', 'table']);
    expect((await juara('benchmark', 'show', 'none')).code).toBe(8);
  });

  const features: NpyInput = { dtype: 'float32', shape: [4, 2], data: Array(8).fill(0) };
  const labels = (data: readonly number[]): NpyInput => ({ dtype: 'int64', shape: [data.length], data });
  it.each([
    ['labels outside of the classes', { features, magnitude: labels([0, 1, 4, 0]) }, ['"magnitude"', 'sample 2', '4']],
    ['arrays of different lengths', { features, magnitude: labels([0, 1, 2]) }, ['"magnitude"', '3 samples', '"features"', '4']],
    ['no labels', { features, wrong: labels([0, 1, 2, 3]) }, ['magnitude', '"wrong"']],
    ['strings for an input', { features: { dtype: '<U1', shape: [1], data: ['a'] }, magnitude: labels([0]) }, ['"features"', '<U1']],
  ])('refuses %s, and names the array', async (name, arrays, texts) => {
    const file = npz(arrays);
    const refusal = client.registerBenchmark({ name: name.replaceAll(' ', '-'), file, format: 'NPZ', tasks: [SPELLED] });
    const error = await refusal.then(
      () => null,
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: 'BENCHMARK_INVALID' });
    for (const text of texts) expect((error as Error).message).toContain(text);
    expect(await client.getBenchmark(name.replaceAll(' ', '-'))).toBeNull();
  });

  it('refuses a digest that nothing was uploaded under', async () => {
    const document = 'mutation ($input: RegisterBenchmarkInput!) { registerBenchmark(input: $input) { name } }';
    const input = { name: 'ghost', file: '0'.repeat(64), format: 'NPZ', tasks: [SPELLED] };
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
      body: JSON.stringify({ query: document, variables: { input } }),
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'ARTIFACT_NOT_FOUND' } }] });
  });
});

describe('an evaluation', () => {
  it('is followed over a WebSocket from the queue to the end', async () => {
    const seen: Evaluation[] = [];
    const { id } = await client.evaluate({ model: 'convnext', version: '1.0.0', benchmark: 'field' });
    const ended = await client.followEvaluation(id, { onProgress: (evaluation) => void seen.push(evaluation) });
    expect(ended).toMatchObject({ id, status: 'SUCCEEDED', progress: 1, error: null, notes: [] });
    expect(seen.at(-1)).toEqual(ended);
    expect(seen.map((e) => e.progress)).toEqual(seen.map((e) => e.progress).toSorted((a, b) => a - b));
    const value = (name: string) => ended.metrics.find((m) => m.name === name)?.value;
    expect(value('magnitude_accuracy')).toBe(80);
    // -ln p: of 160 samples the true class has SURE, of 40 a third of the rest.
    const loss = -(160 * Math.log(SURE) + 40 * Math.log((1 - SURE) / 3)) / 200;
    expect(value('magnitude_log_loss')).toBeCloseTo(loss, 5);
    const diagonal = ended.confusion[0]?.counts.map((row, c) => row[c]);
    expect(diagonal).toEqual([20, 40, 40, 60]);
    const version = await client.getVersion('convnext', '1.0.0');
    expect(version?.metrics.find((m) => m.name === 'magnitude_accuracy')).toMatchObject({ value: 80, provenance: 'MEASURED' });
    expect((await client.getBenchmark('field'))?.uses).toBe(1);
    expect(await evaluating(server.pid)).toEqual([]);
  });

  it('is `juara evaluate`, which ends as the evaluation does', async () => {
    const good = await juara('evaluate', 'convnext', '1.0.1', '--benchmark', 'field', '--json');
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ status: 'SUCCEEDED' });
    const text = await juara('evaluate', 'convnext', '1.0.1', '--benchmark', 'field');
    expect(text).toMatchObject({ code: 0, stdout: expect.stringContaining('magnitude_accuracy') });
    expect((await juara('evaluate', 'convnext', '1.0.1')).code).toBe(2);
    expect((await juara('evaluate', 'convnext', '1.0.1', '--benchmark', 'none')).code).toBe(8);
    const queued = await juara('evaluate', 'convnext', '1.0.1', '--benchmark', 'field', '--no-wait');
    await client.followEvaluation(queued.stdout.trim());
    expect((await juara('evaluation', 'show', queued.stdout.trim())).stdout).toContain('succeeded');
  });

  it('of a model that gives NaN fails with a plain reason, and nothing else does', async () => {
    const rows = LABELS.map((_, i) => (i === 7 ? Number.NaN : 0));
    const file = npz({
      features: { dtype: 'float32', shape: [200, 8], data: rows.flatMap((value) => Array(8).fill(value)) },
      magnitude: { dtype: 'int64', shape: [200], data: LABELS },
    });
    await client.registerBenchmark({ name: 'broken', file, format: 'NPZ', tasks: [SPELLED] });
    const bad = await client.evaluate({ model: 'convnext', version: '1.0.0', benchmark: 'broken' });
    const good = await client.evaluate({ model: 'convnext', version: '1.0.0', benchmark: 'field' });
    const [failed, succeeded] = await Promise.all([client.followEvaluation(bad.id), client.followEvaluation(good.id)]);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'output magnitude holds NaN for sample 7 (counted from 0)', metrics: [] });
    expect(succeeded.status).toBe('SUCCEEDED');
    const shown = await juara('evaluate', 'convnext', '1.0.1', '--benchmark', 'broken');
    expect(shown).toMatchObject({ code: 1, stdout: expect.stringContaining('holds NaN for sample 7') });
    expect(server.logs().stderr).toBe('');
  });
});

describe('a slow evaluation', () => {
  /** What each of 512 samples asks for: the first batch nothing, the second so many turns of a loop. */
  async function slowBenchmark(name: string, laps: number): Promise<void> {
    const file = npz({
      features: { dtype: 'float32', shape: [512, 1], data: Array(512).fill(0) },
      laps: { dtype: 'int64', shape: [512], data: Array.from({ length: 512 }, (_, i) => BigInt(i < 256 ? 0 : laps)) },
      elements: { dtype: 'int64', shape: [512], data: Array(512).fill(1n) },
      side: { dtype: 'int64', shape: [512], data: Array.from({ length: 512 }, (_, i) => i % 2) },
    });
    await client.registerBenchmark({ name, file, format: 'NPZ', tasks: [STEERED as TaskInput] });
  }

  /** Resolves once the server is at it. */
  async function running(id: string): Promise<void> {
    const stop = new AbortController();
    const look = ({ status }: Evaluation): void => {
      if (status !== 'QUEUED') stop.abort();
    };
    await client.followEvaluation(id, { onProgress: look, signal: stop.signal }).catch(() => undefined);
    expect((await client.getEvaluation(id))?.status).toBe('RUNNING');
  }

  beforeAll(async () => {
    await client.createModel({ name: 'steerable', tasks: [STEERED as TaskInput] });
    for (const odds of [1, 2, 3])
      await client.register({ model: 'steerable', version: `1.0.${odds}`, files: { 'm.onnx': steerableModel(odds) } });
    await slowBenchmark('endless', ENDLESS);
    await slowBenchmark('long', 150_000);
  });

  it('is given back to whoever asks for it again, and cancelled while it runs or waits', async () => {
    const ask = (odds: number) => client.evaluate({ model: 'steerable', version: `1.0.${odds}`, benchmark: 'endless' });
    const [first, second] = [await ask(1), await ask(2)];
    await Promise.all([running(first.id), running(second.id)]);
    const third = await ask(3);
    expect((await ask(1)).id).toBe(first.id);
    expect((await ask(3)).id).toBe(third.id);
    expect(await client.getEvaluation(third.id)).toMatchObject({ status: 'QUEUED', startedAt: null });
    expect(await client.cancelEvaluation(third.id)).toMatchObject({ status: 'CANCELLED', startedAt: null });
    expect(await juara('evaluation', 'cancel', first.id)).toMatchObject({ code: 0, stdout: expect.stringContaining('cancelled') });
    const followed = client.followEvaluation(second.id);
    await client.cancelEvaluation(second.id);
    expect(await followed).toMatchObject({ status: 'CANCELLED', notes: ['cancelled by admin'] });
    expect((await client.cancelEvaluation(second.id)).status).toBe('CANCELLED');
    // Both workers are free again, and what was cancelled does not run.
    await expect.poll(() => evaluating(server.pid), { timeout: 10_000 }).toEqual([]);
    const next = await client.evaluate({ model: 'convnext', version: '1.0.0', benchmark: 'field' });
    expect((await client.followEvaluation(next.id)).status).toBe('SUCCEEDED');
    await expect(client.cancelEvaluation(next.id)).rejects.toMatchObject({ code: 'EVALUATION_ENDED' });
    for (const { id } of [first, second, third]) expect((await client.getEvaluation(id))?.status).toBe('CANCELLED');
  });

  it('is taken up again when the server was killed', async () => {
    const { id } = await client.evaluate({ model: 'steerable', version: '1.0.3', benchmark: 'long' });
    const waiting = await client.evaluate({ model: 'steerable', version: '1.0.2', benchmark: 'long' });
    await running(id);
    const before = await evaluating(server.pid);
    await server.kill9();
    server = await server.restart();
    client = connect(server);
    for (const each of [id, waiting.id]) expect(await client.followEvaluation(each)).toMatchObject({ status: 'SUCCEEDED', progress: 1 });
    const { nodes } = await client.events({ model: 'steerable', types: ['EVALUATION_SUCCEEDED', 'EVALUATION_FAILED'] });
    expect(nodes.map((e) => e.type)).toEqual(['EVALUATION_SUCCEEDED', 'EVALUATION_SUCCEEDED']);
    // Nothing of the server that was killed is left.
    const alive = async () => (await Promise.all(before.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))).join('');
    expect(before.length).toBeGreaterThan(0);
    await expect.poll(alive, { timeout: 10_000 }).toBe('');
  });

  it('stops with the server, and goes on with the next one', async () => {
    const { id } = await client.evaluate({ model: 'steerable', version: '1.0.1', benchmark: 'long' });
    await running(id);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    server = await server.restart();
    client = connect(server);
    expect(await client.followEvaluation(id)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
