import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CappedChild, type ChildEnd, startCappedChild } from '../../src/scoring/cappedChild.js';
import { InspectReport } from '../../src/scoring/inspectReport.js';
import { type Api, createApi } from '../support/api.js';
import { runJuara } from '../support/juara.js';
import { mutateBytes } from '../support/mutateBytes.js';
import { endlessLoop, softmaxClassifier } from '../support/onnx.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { spelledModel } from '../support/spelled.js';
import { sqliteRows } from '../support/sqliteRows.js';
import { createModel, REGISTER } from '../support/steps.js';
import { tinyClassifier } from '../support/tinyClassifier.js';
import { Seeded } from '../torture/seeded.js';
import { steerableModel } from '../unit/predict/steerableModel.js';

/** Weights, subgraphs, loops and several heads, each a few hundred bytes: a fault hits structure more often than numbers. */
const SEEDS = [
  tinyClassifier(1),
  spelledModel(0, 1),
  steerableModel(1),
  endlessLoop(),
  softmaxClassifier({ features: 1, tasks: [{ name: 'a', classes: ['x', 'y'], weights: [[1], [2]], bias: [0, 1] }] }),
];
const SEED = 20260210;

/** Hands bytes to one child after the other; one that dies of them is replaced. */
class Inspectors {
  #child: CappedChild | null = null;
  #answer: ((message: unknown) => void) | null = null;

  async inspect(bytes: Buffer): Promise<unknown> {
    const child = this.#child ?? this.#start();
    const answer = new Promise<unknown>((resolve) => {
      this.#answer = resolve;
    });
    const unlimit = child.limitTime(10_000);
    child.send(bytes);
    const ended = child.ended.then((end) => {
      if (this.#child === child) this.#child = null;
      return { ended: end.kind };
    });
    return Promise.race([answer, ended]).finally(unlimit);
  }

  #start(): CappedChild {
    const script = fileURLToPath(new URL('./inspectMany.mjs', import.meta.url));
    const onMessage = (message: unknown): void => this.#answer?.(message);
    this.#child = startCappedChild({ script, cwd: tmpdir(), memoryMb: 1024, timeoutMs: null, serialization: 'advanced', onMessage });
    return this.#child;
  }

  async stop(): Promise<ChildEnd | undefined> {
    this.#child?.stop();
    return this.#child?.ended;
  }
}

test('10,000 mutated files each get a report, or end a process that is not the server', { timeout: 300_000 }, async () => {
  const inspectors = new Inspectors();
  const random = new Seeded(SEED);
  const seen: Record<string, number> = {};
  try {
    for (let i = 0; i < 10_000; i += 1) {
      const bytes = mutateBytes(SEEDS, random);
      const report = await inspectors.inspect(bytes);
      const parsed = InspectReport.safeParse(report);
      const kind = parsed.success ? parsed.data.kind : String((report as { ended?: ChildEnd['kind'] }).ended);
      // Reported, or ended by what cappedChild.ts ends a process for. Anything else is a hole in the inspector: the bytes say which.
      if (!['loaded', 'refused', 'memory', 'timeout', 'crashed'].includes(kind)) {
        expect.fail(`file ${i}: ${JSON.stringify(report)}: ${bytes.toString('base64')}`);
      }
      const native = parsed.success && parsed.data.kind === 'refused' && parsed.data.reason.startsWith('onnxruntime');
      const what = native ? 'refused by onnxruntime' : kind;
      seen[what] = (seen[what] ?? 0) + 1;
    }
  } finally {
    await inspectors.stop();
  }
  // The faults reach every layer: what does not, shows nothing of it.
  expect(seen.loaded).toBeGreaterThan(500);
  expect(seen['refused by onnxruntime']).toBeGreaterThan(1_000);
  expect(seen.refused).toBeGreaterThan(1_000);
});

let server: TestServer;
let api: Api;
beforeAll(async () => {
  server = await startTestServer({ JUARA_SCORING_TIMEOUT_MS: '10000' });
  api = createApi(server.url, server.token);
  await createModel(api, 'm', []);
});
afterAll(() => server?.stop());

test('some of them through the whole server: it lives, and its database and files are whole afterwards', { timeout: 180_000 }, async () => {
  const random = new Seeded(SEED + 1);
  let registered = 0;
  const one = async (): Promise<void> => {
    const sha256 = await api.upload(mutateBytes(SEEDS, random));
    const { data, errors } = await api.send(REGISTER, { input: { model: 'm', files: [{ name: 'w.onnx', sha256 }] } });
    if (errors === undefined) registered += 1;
    else expect(errors[0]?.extensions.code).toBe('ARTIFACT_INVALID');
    if (errors === undefined) expect(data.registerVersion.status).toBe('CHALLENGER');
  };
  for (let i = 0; i < 20; i += 1) await Promise.all([one(), one()]);
  expect((await api.query('{ registrySummary { versions } }')).registrySummary.versions).toBe(registered);
  expect(server.logs().stderr).toBe('');
  await server.stop();
  expect(await sqliteRows(`${server.home}/juara.db`, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await sqliteRows(`${server.home}/juara.db`, 'PRAGMA foreign_key_check')).toEqual([]);
  expect(await runJuara(['verify', '--home', server.home])).toMatchObject({ code: 0 });
});
