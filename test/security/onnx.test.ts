import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type JuaraClient } from '../../src/client/index.js';
import { encodeModel, floatPort } from '../../src/demo/encodeClassifier.js';
import { type Api, createApi } from '../support/api.js';
import { runJuara } from '../support/juara.js';
import { npz } from '../support/npz.js';
import {
  constantOfEightGigabytes,
  declaredWithoutData,
  EXTERNAL_DATA,
  endlessLoop,
  slowToLoad,
  sparseEightGigabytes,
} from '../support/onnx.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { createModel, REGISTER } from '../support/steps.js';
import { tinyClassifier } from '../support/tinyClassifier.js';
import { steerableModel, TASK } from '../unit/predict/steerableModel.js';

/** Hostile models through the whole server: refused or bounded, each with a code, while the server answers everybody else. */
const GOOD = tinyClassifier(1);
const TIMEOUT_MS = 5_000;
/** A loop of so many turns outlasts every limit. */
const ENDLESS = 2 ** 52;

let server: TestServer;
let api: Api;
let client: JuaraClient;
beforeAll(async () => {
  server = await startTestServer({ JUARA_SCORING_TIMEOUT_MS: String(TIMEOUT_MS), JUARA_SCORING_MEMORY_MB: '512' });
  api = createApi(server.url, server.token);
  client = createClient({ url: server.url, token: server.token });
  await createModel(api, 'm', []);
});
afterAll(async () => {
  expect(server.logs().stderr).toBe('');
  await server.stop();
});

async function registering(bytes: Buffer, model = 'm') {
  const sha256 = await api.upload(bytes);
  return api.send(REGISTER, { input: { model, files: [{ name: 'w.onnx', sha256 }] } });
}

/** What it does is still to come when the server has answered three others: its event loop does not stand still. */
async function whileOthersAreServed<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  done.catch(() => undefined);
  for (let i = 0; i < 3; i += 1) expect((await api.query('{ model(name: "m") { name } }')).model.name).toBe('m');
  expect(over).toBe(false);
  return done;
}

const node = (opType: string, more: object = {}) => ({ opType, input: ['x'], output: ['y'], ...more });
const relu = (more: object = {}, nodes: object[] = [node('Relu')]): Buffer =>
  encodeModel({ name: 'g', node: nodes, input: [floatPort('x', ['n'])], output: [floatPort('y', ['n'])], ...more });

/** A graph in an attribute of a node of a graph, and so on; written from the inside out. */
function nested(depth: number): Buffer {
  const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
  const field = (number: number, payload: Buffer): Buffer =>
    Buffer.concat([Buffer.from([number * 8 + 2, ...varint(payload.length)]), payload]);
  let graph: Buffer = Buffer.alloc(0);
  for (let i = 0; i < depth; i += 1) graph = field(1, field(5, field(6, graph)));
  return Buffer.concat([Buffer.from([0x08, 0x08]), field(7, graph)]);
}

/** A tensor of so many empty strings: two bytes each in the file, forty and more in memory. */
function strings(count: number): Buffer {
  const varint = (n: number): number[] => (n < 128 ? [n] : [(n % 128) | 128, ...varint(Math.floor(n / 128))]);
  const data = Buffer.alloc(2 * count, Buffer.from([0x32, 0x00]));
  const tensor = Buffer.concat([Buffer.from([0x08, ...varint(count), 0x10, 0x08, 0x42, 0x01, 0x77]), data]);
  const graph = Buffer.concat([Buffer.from([0x2a, ...varint(tensor.length)]), tensor]);
  return Buffer.concat([relu(), Buffer.from([0x3a, ...varint(graph.length)]), graph]);
}

const REFUSED: readonly [string, () => Buffer][] = [
  ...Object.entries(EXTERNAL_DATA).map(([place, make]): [string, () => Buffer] => [`external data in the ${place}`, make]),
  ['2^31 numbers that are not there', declaredWithoutData],
  ['a sparse weight of 8 GB', sparseEightGigabytes],
  ['a product that takes hours while it loads', slowToLoad],
  ...Array.from({ length: 15 }, (_, i): [string, () => Buffer] => [
    `${i + 1} sixteenths of a model`,
    () => GOOD.subarray(0, Math.floor(((i + 1) * GOOD.length) / 16)),
  ]),
  ['random bytes', () => randomBytes(20_000)],
  ['random bytes behind the head of a model', () => Buffer.concat([GOOD.subarray(0, 12), randomBytes(20_000)])],
  ['200 graphs in each other', () => nested(200)],
  ['20,000 graphs in each other', () => nested(20_000)],
  ['16 million strings', () => strings(16_000_000)],
  ['a name of an input of 100 KB', () => relu({ input: [floatPort('x'.repeat(100_000), ['n'])] })],
  ['an operator set of its own', () => relu({}, [node('Relu', { domain: 'evil.example' })])],
  ['an operator that runs commands', () => relu({}, [node('System', { domain: 'com.microsoft' })])],
  ['a graph that goes in a circle', () => relu({}, [{ opType: 'Relu', input: ['y'], output: ['y'] }])],
];

describe('refused when they are registered', () => {
  test.each(REFUSED)('%s', async (_what, make) => {
    const { errors } = await whileOthersAreServed(registering(make()));
    expect(errors?.[0]?.extensions.code).toBe('ARTIFACT_INVALID');
    expect(errors?.[0]?.message.length).toBeLessThan(2_000);
    expect(errors?.[0]?.message).not.toMatch(/\p{Cc}/u);
  });

  test('and an operator of a name of 10 MB is refused, or kept, and nobody is told its name', async () => {
    const { errors } = await registering(relu({}, [node('R'.repeat(10_000_000))]));
    expect(errors?.[0]?.extensions.code).toBe('ARTIFACT_INVALID');
    expect(errors?.[0]?.message.length).toBeLessThan(2_000);
  });
});

describe('that load, and go wrong when they are run', () => {
  const tensors = (laps: number, elements: number) => [
    { name: 'features', shape: [1, 1], data: [0] },
    { name: 'laps', shape: [1], data: [laps] },
    { name: 'elements', shape: [1], data: [elements] },
  ];
  const RUNS: readonly [string, number, number, RegExp][] = [
    ['an endless loop', ENDLESS, 1, /longer than 5 s/],
    ['8 GB', 0, 2 ** 31, /more than 512 MB|storage size overflowed/],
  ];
  beforeAll(async () => {
    await client.createModel({ name: 'run', tasks: [{ name: TASK.name, classes: [...TASK.classes] }] });
    await client.register({ model: 'run', version: '1.0.0', files: { 'm.onnx': steerableModel(1) } });
  });

  test.each(RUNS)('a prediction that takes %s', async (_what, laps, elements, reason) => {
    const asked = client.predict({ model: 'run', version: '1.0.0', tensors: tensors(laps, elements) });
    // 8 GB are refused before anybody else has asked.
    const answer = laps === 0 ? asked : whileOthersAreServed(asked);
    await expect(answer).rejects.toMatchObject({ code: 'PREDICTION_FAILED', message: expect.stringMatching(reason) });
    const next = await client.predict({ model: 'run', version: '1.0.0', tensors: tensors(0, 1) });
    expect(next.tasks[0]?.probability).toBeCloseTo(0.5, 5);
  });

  test.each(RUNS)('an evaluation that takes %s', async (what, laps, elements, reason) => {
    const file = npz({
      features: { dtype: 'float32', shape: [2, 1], data: [0, 0] },
      laps: { dtype: 'int64', shape: [2], data: [laps, laps].map(BigInt) },
      elements: { dtype: 'int64', shape: [2], data: [elements, elements].map(BigInt) },
      [TASK.name]: { dtype: 'int64', shape: [2], data: [0, 1] },
    });
    const benchmark = what.replaceAll(/\W/g, '-');
    await client.registerBenchmark({ name: benchmark, file, format: 'NPZ', tasks: [{ name: TASK.name, classes: [...TASK.classes] }] });
    const { id } = await client.evaluate({ model: 'run', version: '1.0.0', benchmark });
    const following = client.followEvaluation(id);
    const ended = await (laps === 0 ? following : whileOthersAreServed(following));
    expect(ended).toMatchObject({ status: 'FAILED', error: expect.stringMatching(reason) });
  });

  test.each<[string, () => Buffer]>([
    ['a constant of 8 GB', constantOfEightGigabytes],
    ['a loop without an end', endlessLoop],
  ])('%s is registered, and every question to it is refused', async (_what, make) => {
    const { data, errors } = await registering(make());
    expect(errors).toBeUndefined();
    const { version } = data.registerVersion;
    const code = await api.refusal(
      'query ($v: SemVer!) { predict(input: { model: "m", version: $v, tensors: [{ name: "x", shape: [], data: [1] }] }) { milliseconds } }',
      { v: version },
    );
    expect(['INVALID_INPUT', 'PREDICTION_FAILED']).toContain(code);
  });
});

test('names with markup and control characters are kept as they are in JSON, and shown harmlessly in a terminal', async () => {
  const evil = '<script>alert(1)</script>\u001b[2J\u001b]0;owned\u0007\u202e';
  const bytes = encodeModel(
    {
      name: evil,
      node: [{ ...node('Relu'), name: evil, input: [evil], output: [`${evil}y`] }],
      input: [floatPort(evil, [evil])],
      output: [floatPort(`${evil}y`, [evil])],
    },
    evil,
  );
  const { data, errors } = await registering(bytes);
  expect(errors).toBeUndefined();
  const { version, signature } = data.registerVersion;
  expect(signature.inputs[0].name).toBe(evil);
  const shown = await runJuara(['show', 'm', version], { JUARA_URL: server.url });
  expect(shown.code).toBe(0);
  expect(shown.stdout + shown.stderr).not.toMatch(/[\p{Cf}]|(?!\n)\p{Cc}/u);
});
