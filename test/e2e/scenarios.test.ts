import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { championOf, createModel, promote, register, reject, rollback, version } from '../support/steps.js';
import { tinyClassifier } from '../support/tinyClassifier.js';

const weights = tinyClassifier;
const EVENTS = ['GTO_20260210', 'SCN_20260211', 'TRT_20260213', 'MLB_20260212', 'KPY_20260214'];

let server: TestServer;
let api: Api;
const onDisk = async (path: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(join(server.home, path), 'utf8'));
const champion = async (): Promise<unknown> => (await onDisk('champion/convnext/metadata.json')).model_id;
const poolStates = async (): Promise<string[]> => {
  const { trainingEvents } = await api.query('{ trainingEvents(model: "convnext") { nodes { eventId status } } }');
  return trainingEvents.nodes.map((e: { status: string }) => e.status);
};

beforeAll(async () => {
  server = await startTestServer();
  api = createApi(server.url, server.token);
  await createModel(api, 'convnext');
  const labels = [{ task: 'magnitude', class: 'Normal' }];
  const events = EVENTS.map((eventId) => ({ eventId, date: '2026-02-10', labels }));
  await api.query('mutation ($events: [TrainingEventInput!]!) { addTrainingEvents(model: "convnext", events: $events) { eventId } }', {
    events,
  });
  await api.query('mutation ($ids: [String!]!) { validateTrainingEvents(model: "convnext", eventIds: $ids) { eventId } }', { ids: EVENTS });
  await register(api, 'convnext', {
    version: '1.0.1',
    files: { 'best_model.onnx': weights(1) },
    metrics: { magnitude_accuracy: 97.63, azimuth_accuracy: 71.28, composite_score: 0.926 },
  });
  await promote(api, 'convnext', '1.0.1');
});
afterAll(() => server?.stop());

describe('the three scenarios', () => {
  it('1: a challenger wins', async () => {
    const challenger = await register(api, 'convnext', {
      files: { 'best_model.onnx': weights(2), 'class_mappings.json': Buffer.from('{"magnitude":{"0":"Large"}}') },
      metrics: { magnitude_accuracy: 98.5, azimuth_accuracy: 72.3 },
      eventsIncluded: EVENTS,
    });
    expect(challenger).toMatchObject({
      version: '1.0.2',
      status: 'CHALLENGER',
      path: 'challenger/convnext_v1.0.2',
      previousVersion: '1.0.1',
    });
    expect(challenger.signature.inputs).toEqual([{ name: 'features', dtype: 'float32', shape: [null, 4] }]);
    expect(await poolStates()).toEqual(Array(5).fill('RESERVED'));
    expect((await onDisk('challenger/convnext_v1.0.2/metadata.json')).status).toBe('challenger');

    const answer = await promote(api, 'convnext', '1.0.2', { expectedChampion: '1.0.1' });
    expect(answer).toMatchObject({
      outcome: 'PROMOTED',
      event: { type: 'PROMOTED', from: { version: '1.0.1' }, to: { version: '1.0.2' } },
    });
    expect(answer.checkpoint.seq).toBe(answer.event.seq);

    expect(await version(api, 'convnext', '1.0.1')).toMatchObject({
      status: 'ARCHIVED',
      path: 'archive/convnext_v1.0.1',
      reason: expect.stringContaining('Replaced by v1.0.2'),
    });
    expect(await champion()).toBe('convnext_v1.0.2');
    await expect(readlink(join(server.home, 'challenger/convnext_v1.0.2'))).rejects.toThrow('ENOENT');
    expect((await onDisk('archive/convnext_v1.0.1/metadata.json')).status).toBe('archived');
    const registry = await onDisk('model_registry.json');
    expect(registry).toMatchObject({
      registry_version: '2.0.0',
      champion: { model_id: 'convnext_v1.0.2', status: 'active' },
      challenger: null,
    });
    expect(await poolStates()).toEqual(Array(5).fill('CONSUMED'));
    const weightsOnDisk = await readFile(join(server.home, 'champion/convnext/best_model.onnx'));
    expect(weightsOnDisk.equals(weights(2))).toBe(true);
  });

  it('2: a challenger loses', async () => {
    const extra = [{ eventId: 'LWK_20260301', date: '2026-03-01', labels: [{ task: 'magnitude', class: 'Large' }] }];
    await api.query(
      'mutation ($e: [TrainingEventInput!]!) { addTrainingEvents(model: "convnext", events: $e) { eventId } validateTrainingEvents(model: "convnext", eventIds: ["LWK_20260301"]) { status } }',
      { e: extra },
    );
    await register(api, 'convnext', {
      metrics: { magnitude_accuracy: 96, azimuth_accuracy: 70, composite_score: 0.91 },
      eventsIncluded: ['LWK_20260301'],
    });
    const answer = await promote(api, 'convnext', '1.0.3');
    expect(answer).toMatchObject({ outcome: 'REFUSED', event: null, checkpoint: null, decision: { outcome: 'REFUSE' } });
    const failed = answer.decision.rules.filter((r: { passed: boolean }) => !r.passed).map((r: { rule: string }) => r.rule);
    expect(failed).toContain('COMPOSITE_IMPROVES');
    expect(await championOf(api, 'convnext')).toBe('1.0.2');

    const rejected = await reject(api, 'convnext', '1.0.3', 'composite below the champion');
    expect(rejected).toMatchObject({ status: 'REJECTED', reason: 'composite below the champion', path: 'archive/convnext_v1.0.3' });
    expect((await poolStates()).at(-1)).toBe('VALIDATED');
    expect((await onDisk('archive/convnext_v1.0.3/metadata.json')).status).toBe('rejected');
  });

  it('3: the champion misbehaves and the one before it comes back', async () => {
    const answer = await rollback(api, 'convnext', { expectedChampion: '1.0.2', reason: 'false alarms at GTO' });
    expect(answer).toMatchObject({ event: { type: 'ROLLED_BACK', to: { version: '1.0.1' } }, model: { champion: { version: '1.0.1' } } });
    expect(await champion()).toBe('convnext_v1.0.1');
    expect(await version(api, 'convnext', '1.0.2')).toMatchObject({
      status: 'ARCHIVED',
      reason: expect.stringContaining('false alarms at GTO'),
    });
    const registry = await onDisk('model_registry.json');
    expect(registry).toMatchObject({ champion: { version: '1.0.1', rollback_from: '1.0.2' } });
    expect((registry.archive as { version: string }[]).map((a) => a.version)).toContain('1.0.2');
  });

  it('knows who was champion when', async () => {
    const { model } = await api.query(
      '{ model(name: "convnext") { revision reigns { nodes { from until version { version } event { type } } } } }',
    );
    const reigns = model.reigns.nodes;
    expect(reigns.map((r: { version: { version: string } }) => r.version.version)).toEqual(['1.0.1', '1.0.2', '1.0.1']);
    expect(reigns[0].until).toBeNull();
    for (const { from, version: v } of reigns) {
      const { championAt } = await api.query('query ($at: DateTime!) { championAt(model: "convnext", at: $at) { version { version } } }', {
        at: from,
      });
      expect(championAt.version).toEqual(v);
    }
  });
});

describe('going back', () => {
  it('goes back two when done twice, and forward by name', async () => {
    await createModel(api, 'abc', []);
    for (const v of ['1.0.0', '2.0.0', '3.0.0']) {
      await register(api, 'abc', { version: v });
      await promote(api, 'abc', v, { overrideReason: 'no metrics' });
    }
    await rollback(api, 'abc');
    expect(await championOf(api, 'abc')).toBe('2.0.0');
    await rollback(api, 'abc');
    expect(await championOf(api, 'abc')).toBe('1.0.0');
    await rollback(api, 'abc', { version: '3.0.0' });
    expect(await championOf(api, 'abc')).toBe('3.0.0');
    await rollback(api, 'abc');
    expect(await championOf(api, 'abc')).toBe('2.0.0');
  });

  it('answers a repeated request with the first result', async () => {
    const once = await rollback(api, 'abc', { version: '1.0.0', idempotencyKey: 'k1' });
    const twice = await rollback(api, 'abc', { version: '1.0.0', idempotencyKey: 'k1' });
    expect(twice.event).toEqual(once.event);
  });
});
