import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../../../src/client/index.js';
import { loadConfig } from '../../../src/config.js';
import { startServer } from '../../../src/main.js';
import { npz } from '../../support/npz.js';
import { CONVOLUTIONAL_TASKS, convolutionalModel, IMAGE, noise } from './convolutional.js';

const BODY = JSON.stringify({ query: '{ champion(model: "m") { modelId version metrics { name value } } }' });
const WARM_UP = 300;
const QUERIES = 1_500;
/** Enough for an evaluation that outlasts the queries. */
const SAMPLES = 1_500;

/** Sorted times of the queries, one after the other, in milliseconds. */
async function queryTimes(url: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + QUERIES; i += 1) {
    const start = performance.now();
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: BODY });
    await response.text();
    if (!response.ok) throw new Error(`the query was answered with ${response.status}`);
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;

/** The time of a query for the champion while nothing else happens, and while an evaluation of a convolutional model takes every core. */
export async function benchUnderLoad(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  const server = await startServer(
    loadConfig({ JUARA_HOME: home, JUARA_PORT: '0', JUARA_LOG_LEVEL: 'error', JUARA_SCORING_MEMORY_MB: '2048' }),
  );
  const client = createClient({ url: server.url, token: (await readFile(join(home, 'admin.token'), 'utf8')).trim() });
  try {
    const bytes = SAMPLES * IMAGE.reduce((product, size) => product * size, 1);
    const labels = CONVOLUTIONAL_TASKS.map(({ name }) => [name, { dtype: 'int32', shape: [SAMPLES], data: new Int32Array(SAMPLES) }]);
    const image = { dtype: 'float32', shape: [SAMPLES, ...IMAGE], data: new Uint8Array(noise(bytes, 7).buffer) };
    await writeFile(join(home, 'benchmark.npz'), npz({ image, ...Object.fromEntries(labels) }));
    await client.createModel({ name: 'm', tasks: CONVOLUTIONAL_TASKS });
    await client.register({ model: 'm', files: { 'model.onnx': convolutionalModel() } });
    await client.promote({ model: 'm', version: '1.0.0' });
    await client.registerBenchmark({ name: 'b', file: join(home, 'benchmark.npz'), format: 'NPZ', tasks: CONVOLUTIONAL_TASKS });
    await queryTimes(server.url);
    const idle = await queryTimes(server.url);
    const { id } = await client.evaluate({ model: 'm', version: '1.0.0', benchmark: 'b' });
    await new Promise<void>((resolve) => {
      void client.followEvaluation(id, { onProgress: ({ progress }) => progress > 0 && resolve() }).catch(() => undefined);
    });
    const busy = await queryTimes(server.url);
    const { status, progress } = (await client.getEvaluation(id)) ?? {};
    const row = (name: string, share: number) => ({
      'champion query': name,
      'idle (ms)': quantile(idle, share).toFixed(2),
      'during an evaluation (ms)': quantile(busy, share).toFixed(2),
      ratio: (quantile(busy, share) / quantile(idle, share)).toFixed(2),
      target: share === 0.99 ? '<= 3' : '',
    });
    console.table([row('p50', 0.5), row('p99', 0.99)]);
    console.log(`the evaluation was ${status} at ${((progress ?? 0) * 100).toFixed(0)} % by then`);
    await client.cancelEvaluation(id).catch(() => undefined);
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}
