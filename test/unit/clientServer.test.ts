import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type JuaraClient, type UploadProgress } from '../../src/client/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

let server: TestServer;
let client: JuaraClient;

beforeAll(async () => {
  server = await startTestServer();
  client = createClient({ url: server.url, token: server.token });
  await client.createModel({
    name: 'm',
    tasks: [
      {
        name: 'magnitude',
        classes: ['Large', 'Normal'],
        bins: [
          { class: 'Large', min: 6 },
          { class: 'Normal', max: 6 },
        ],
      },
    ],
  });
});
afterAll(() => server.stop());

/** A file of so many zeros that takes no room on the disk. */
async function sparseFile(bytes: number): Promise<string> {
  const path = join(await temporaryFolder(), 'weights.bin');
  const file = await open(path, 'w');
  await file.truncate(bytes);
  await file.close();
  return path;
}

describe('the client and a real server', () => {
  it('uploads in flat memory, and sends nothing twice', async () => {
    const size = 256 * 1024 * 1024;
    const path = await sparseFile(size);
    const phases = new Set<UploadProgress['phase']>();
    let peak = 0;
    const onProgress = ({ phase }: UploadProgress): void => {
      phases.add(phase);
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    };
    expect((await client.upload(path, { onProgress })).bytes).toBe(size);
    expect([...phases]).toEqual(['HASHING', 'SENDING', 'SENT']);
    expect(peak).toBeLessThan(size / 2);
    phases.clear();
    await client.upload(path, { onProgress });
    expect([...phases]).toEqual(['HASHING', 'PRESENT']);
  });

  it('says FORBIDDEN, not a broken connection, when the server refuses an upload that is under way', async () => {
    const viewer = createClient({ url: server.url });
    await expect(viewer.upload(await sparseFile(64 * 1024 * 1024 + 1))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('registers, compares, promotes and rolls back', async () => {
    const first = await client.register({
      model: 'm',
      files: { 'weights.pth': Buffer.from('one') },
      metrics: [{ name: 'magnitude_accuracy', value: 90 }],
    });
    expect(first).toMatchObject({ version: '1.0.0', status: 'CHALLENGER', files: [{ name: 'weights.pth', bytes: 3 }] });
    expect((await client.promote({ model: 'm', version: '1.0.0' })).outcome).toBe('PROMOTED');
    await client.register({ model: 'm', metrics: [{ name: 'magnitude_accuracy', value: 95 }] });
    const comparison = await client.compareModels('m', '1.0.0', '1.0.1');
    expect(comparison.metrics).toMatchObject([{ name: 'magnitude_accuracy', difference: 5, better: 'CANDIDATE' }]);
    const refused = await client.promote({ model: 'm', version: '1.0.1', expectedChampion: '9.9.9' }).catch((e: unknown) => e);
    expect(refused).toMatchObject({ code: 'CONFLICT', details: { champion: '1.0.0' } });
    await client.setPolicy({ model: 'm', requireApproval: false, weights: [{ metric: 'magnitude_accuracy', weight: 1 }] });
    const promoted = await client.promote({ model: 'm', version: '1.0.1', expectedChampion: '1.0.0' });
    expect(promoted).toMatchObject({ outcome: 'PROMOTED', event: { from: { version: '1.0.0' }, to: { version: '1.0.1' } } });
    const back = await client.rollback({ model: 'm', reason: 'false alarms' });
    expect(back.event).toMatchObject({ type: 'ROLLED_BACK', to: { version: '1.0.0' } });
    expect((await client.getChampion('m'))?.version).toBe('1.0.0');
  });

  it('finds a version exactly, and pages through all of them', async () => {
    await client.createModel({ name: 'many' });
    for (const version of ['1.0.1', '1.0.10', '1.0.2']) await client.register({ model: 'many', version });
    expect((await client.getVersion('many', '1.0.1'))?.modelId).toBe('many_v1.0.1');
    expect(await client.getVersion('many', '1.0.100')).toBeNull();
    const seen: string[] = [];
    for await (const v of client.allVersions('many', { first: 1, orderBy: { field: 'VERSION', direction: 'ASC' } })) seen.push(v.version);
    expect(seen).toEqual(['1.0.1', '1.0.2', '1.0.10']);
  });

  it('runs every query that it has a selection for', async () => {
    expect((await client.viewer()).role).toBe('ADMIN');
    expect((await client.getModel('m'))?.trainingReadiness.required).toBe(5);
    expect(await client.getModel('nobody')).toBeNull();
    expect((await client.getModels()).nodes.map((m) => m.name)).toEqual(['m', 'many']);
    expect((await client.getChampions()).map((v) => v.modelId)).toEqual(['m_v1.0.0']);
    expect((await client.getPolicy('m'))?.revision).toBe(2);
    expect((await client.getDecisions('m')).nodes.length).toBe(2);
    expect((await client.preview('many', '1.0.1')).outcome).toBe('PROMOTE');
    expect((await client.summary()).versions).toBe(5);
    expect((await client.checkpoint()).seq).toBeGreaterThan(5);
    expect(await client.exportRegistry('m')).toMatchObject({ registry_version: '2.0.0', champion: { version: '1.0.0' } });
    const created = await client.createToken({ name: 'ci', role: 'AUTOMATION', models: ['m'] });
    expect((await client.getTokens()).map((t) => t.name)).toContain('ci');
    expect(await client.updateToken({ id: created.id, role: 'VIEWER', models: null })).toMatchObject({
      name: 'ci',
      role: 'VIEWER',
      models: null,
    });
    expect(await client.revokeToken(created.id)).toBe(true);
    const [event] = await client.addTrainingEvents('m', [
      { date: '2026-02-10', station: 'GTO', labels: [{ task: 'magnitude', value: 6.2 }] },
    ]);
    expect(event).toMatchObject({ status: 'PENDING', labels: [{ class: 'Large' }] });
    const eventId = event?.eventId ?? '';
    expect(await client.validateTrainingEvents('m', [eventId])).toMatchObject([{ status: 'VALIDATED' }]);
    expect((await client.getTrainingEvents('m', { status: ['VALIDATED'] })).totalCount).toBe(1);
    expect((await client.discardTrainingEvent('m', eventId, 'a quarry blast')).status).toBe('DISCARDED');
    expect((await client.setTags('m', '1.0.0', [{ key: 'stage', value: 'prod' }])).tags).toEqual([{ key: 'stage', value: 'prod' }]);
  });

  it('refuses NaN before JSON makes null of it', async () => {
    const metrics = [{ name: 'accuracy', value: Number.NaN }];
    await expect(client.register({ model: 'm', metrics })).rejects.toMatchObject({
      code: 'INVALID_NUMBER',
      message: expect.stringContaining('metrics.0.value'),
    });
  });

  it('watches the log, over a restart of the server', async () => {
    const before = (await client.events({ first: 1000 })).nodes.map((e) => e.seq);
    const events = client.watch({ after: '', backoff: { baseMs: 10, maxMs: 100 } });
    const seen: number[] = [];
    while (seen.length < before.length) seen.push((await events.next()).value.seq);
    expect(seen).toEqual(before);
    const port = new URL(server.url).port;
    server = await server.restart({ JUARA_PORT: port });
    await client.setTags('m', '1.0.0', [{ key: 'stage', value: 'test' }]);
    expect((await events.next()).value).toMatchObject({ seq: before.length + 1, type: 'VERSION_TAGGED', data: expect.any(Object) });
    await events.return?.();
    const wrong = client.watch({ after: 'bm90IGEgY3Vyc29y' }).next();
    await expect(wrong).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    const stranger = createClient({ url: server.url, token: 'nobody' }).watch({ after: '' }).next();
    await expect(stranger).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
