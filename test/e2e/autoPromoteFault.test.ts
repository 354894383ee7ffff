import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Evaluation, type JuaraClient } from '../../src/client/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { SPELLED, spelledBenchmark, spelledModel, wrongOn } from '../support/spelled.js';

const ANSWERS = [wrongOn({ 1: [20, 2], 2: [20, 1] }), wrongOn({ 1: [5, 2], 2: [5, 1] })];
let server: TestServer;
let admin: JuaraClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = createClient({ url: server.url, token: server.token });
  await admin.registerBenchmark({ name: 'field', file: spelledBenchmark(wrongOn({}), ANSWERS), format: 'NPZ', tasks: [SPELLED] });
});
afterAll(() => server?.stop());

async function add(model: string, version: string, slot: number): Promise<void> {
  await admin.register({ model, version, files: { 'model.onnx': spelledModel(slot, ANSWERS.length) } });
}

async function measured(model: string, version: string): Promise<Evaluation> {
  const { id } = await admin.evaluate({ model, version, benchmark: 'field' });
  return admin.followEvaluation(id);
}

test('a decision that cannot be taken by itself holds up nothing else', async () => {
  await admin.createModel({ name: 'broken', tasks: [SPELLED] });
  await add('broken', '1.0.0', 0);
  await admin.promote({ model: 'broken', version: '1.0.0' });
  await admin.setPolicy({ model: 'broken', benchmark: 'field', autoPromote: true, requireApproval: false });
  const { predictions } = await measured('broken', '1.0.0');
  if (predictions === null) throw new Error('it keeps no predictions');
  const blob = join(server.home, 'blobs', predictions.slice(0, 2), predictions);
  await rename(blob, `${blob}.away`);
  await add('broken', '1.0.1', 1);
  expect(await measured('broken', '1.0.1')).toMatchObject({ status: 'SUCCEEDED', error: null });
  await admin.createModel({ name: 'sound', tasks: [SPELLED] });
  await add('sound', '1.0.0', 1);
  expect(await measured('sound', '1.0.0')).toMatchObject({ status: 'SUCCEEDED', error: null });
  expect(await admin.getVersion('broken', '1.0.1')).toMatchObject({ status: 'CHALLENGER' });
});
