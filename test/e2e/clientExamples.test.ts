import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { championOf, promote, register } from '../support/steps.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { tinyClassifier } from '../support/tinyClassifier.js';

const EXAMPLES = fileURLToPath(new URL('../../client-examples', import.meta.url));
let server: TestServer;
let api: Api;

/** Runs an example to its end; fails where it exits with anything but 0. */
async function example(name: string, ...args: string[]): Promise<string> {
  const program = name.endsWith('.py') ? 'python3' : process.execPath;
  const env = { PATH: process.env.PATH ?? '', JUARA_URL: server.url, JUARA_TOKEN: server.token };
  return (await promisify(execFile)(program, [join(EXAMPLES, name), ...args], { env, timeout: 60_000 })).stdout;
}

beforeAll(async () => {
  server = await startTestServer();
  api = createApi(server.url, server.token);
});
afterAll(() => server?.stop());

describe('the client examples', () => {
  it.each([
    ['automation-promote.mjs', 'node-model'],
    ['automation_promote.py', 'python-model'],
  ])('%s uploads, registers and promotes', async (name, model) => {
    const weights = join(await temporaryFolder(), 'best_model.onnx');
    await writeFile(weights, tinyClassifier(name.length));
    expect(await example(name, model, weights)).toContain('PROMOTED');
    expect(await championOf(api, model)).toBe('1.0.0');
    const { version } = await api.query(
      `{ version(model: "${model}", version: "1.0.0") { files { name bytes } signature { inputs { name } } } }`,
    );
    expect(version).toMatchObject({ files: [{ name: 'best_model.onnx' }], signature: { inputs: [{ name: 'features' }] } });
  });

  it.each(['dashboard-query.mjs', 'dashboard_query.py'])('%s shows the champions', async (name) => {
    const output = await example(name);
    for (const model of ['node-model', 'python-model']) expect(output).toContain(model);
  });

  it('monitor-subscription.mjs hears of a promotion, and goes on where it stopped', async () => {
    const cursorFile = join(await temporaryFolder(), 'monitor.cursor');
    await register(api, 'node-model', { version: '2.0.0', metrics: { accuracy: 99, f1: 99 } });
    await writeFile(cursorFile, '');
    const before = await example('monitor-subscription.mjs', cursorFile, '1');
    await promote(api, 'node-model', '2.0.0');
    const after = await example('monitor-subscription.mjs', cursorFile, '2');
    expect(before).toContain('1.0.0');
    expect(after).toContain('2.0.0');
    expect(after).not.toContain(before.trim().split('\n').at(-1));
  });
});
