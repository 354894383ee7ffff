import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Version } from '../../src/domain/records.js';
import type { Store, Tx } from '../../src/ports.js';
import { type OpenStore, openStore } from '../../src/storage/openStore.js';
import { bothDatabases } from '../support/databases.js';
import { aDecision, aMetric, aModel, anEvent, aPolicy, aToken, aTrainingEvent, aVersion } from '../support/storageRecords.js';

const ALL = { first: 100, after: null } as const;
const LATEST = { field: 'VERSION', direction: 'DESC' } as const;

describe.each(bothDatabases())('storage on $name', (databases) => {
  let opened: OpenStore;
  let store: Store;

  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    opened = await openStore({ url: await databases.create() });
    store = opened.store;
  });
  afterEach(() => opened.close());

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.inTransaction(work);
  const register = (...versions: Version[]): Promise<void> =>
    write(async (tx) => {
      for (const version of versions) await tx.insertVersion(version);
    });

  describe('models', () => {
    it('gives back what was put in, and only what exists', async () => {
      const model = aModel('precursor', { history: { totalRuns: 3, successfulUpdates: 2, failedUpdates: 1, lastRun: 1_770_000_000_000 } });
      await write((tx) => tx.insertModel(model));
      expect(await store.reads.model('precursor')).toEqual(model);
      expect(await store.reads.model('Precursor')).toBeNull();
      expect(await store.reads.models(['precursor', 'other'])).toEqual([model]);
      expect(await store.reads.models([])).toEqual([]);
    });

    it('changes the named fields and leaves the others', async () => {
      await write((tx) => tx.insertModel(aModel('a')));
      await write((tx) => tx.updateModel('a', { revision: 2, champion: '1.0.0', description: undefined as never }));
      expect(await store.reads.model('a')).toEqual(aModel('a', { revision: 2, champion: '1.0.0' }));
      await expect(write((tx) => tx.updateModel('b', { revision: 2 }))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    });

    it('pages by name in byte order, searches without case, and keeps to the models asked for', async () => {
      const names = ['b', 'Z', 'a_b', 'a-b', 'a.b', 'a', 'A%b'];
      await write(async (tx) => {
        for (const name of names) await tx.insertModel(aModel(name, { description: name === 'b' ? 'ÄHNLICH 100%' : null }));
      });
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await store.reads.modelPage({ first: 2, after, search: null, models: null });
        seen.push(...page.nodes.map((m) => m.name));
        after = page.hasNextPage ? (page.cursors.at(-1) ?? null) : null;
      } while (after !== null);
      expect(seen).toEqual([...names].sort());
      const found = async (search: string, models: string[] | null = null): Promise<string[]> => {
        const page = await store.reads.modelPage({ ...ALL, search, models });
        expect(await store.reads.modelCount({ search, models })).toBe(page.nodes.length);
        return page.nodes.map((m) => m.name);
      };
      expect(await found('A')).toEqual(['A%b', 'a', 'a-b', 'a.b', 'a_b']);
      expect(await found('ähnlich')).toEqual(['b']);
      expect(await found('0%')).toEqual(['b']);
      expect(await found('a_b')).toEqual(['a_b']);
      expect(await found('a', ['a', 'Z'])).toEqual(['a']);
      expect(await found('', [])).toEqual([]);
    });

    it('refuses a name twice', async () => {
      await write((tx) => tx.insertModel(aModel('a')));
      await expect(write((tx) => tx.insertModel(aModel('a')))).rejects.toMatchObject({ code: 'MODEL_EXISTS' });
    });
  });

  describe('versions', () => {
    beforeEach(() => write((tx) => tx.insertModel(aModel('m'))));

    it('gives back every field', async () => {
      const full = aVersion('m', '1.0.0', {
        deployedAt: 1,
        archivedAt: 1_770_000_000_001,
        reason: 'lost "it"',
        notes: 'n\n\t✓',
        previousVersion: '0.9.0',
      });
      const bare = aVersion('m', '1.0.1', {
        architecture: null,
        metrics: [],
        trainingConfig: null,
        trainingData: null,
        files: [],
        signature: null,
        outputs: [],
        tags: [],
      });
      await register(full, bare);
      expect(await store.reads.version('m_v1.0.0')).toEqual(full);
      expect(await store.reads.version('m_v1.0.1')).toEqual(bare);
      expect(await store.reads.version('m_v1.0.10')).toBeNull();
      expect((await store.reads.versions(['m_v1.0.1', 'm_v1.0.0', 'x'])).map((v) => v.id).sort()).toEqual(['m_v1.0.0', 'm_v1.0.1']);
    });

    it('refuses a version twice, and one of no model', async () => {
      await register(aVersion('m', '1.0.0'));
      await expect(register(aVersion('m', '1.0.0'))).rejects.toMatchObject({ code: 'VERSION_EXISTS' });
      await expect(register(aVersion('nobody', '1.0.0'))).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('knows champions, challengers, the highest version and the latest registration', async () => {
      await write((tx) => tx.insertModel(aModel('a')));
      await register(
        aVersion('m', '1.9.0', { status: 'CHAMPION', createdAt: 9_000 }),
        aVersion('m', '1.10.0', { createdAt: 8_000 }),
        aVersion('m', '1.10.0-rc.1'),
        aVersion('a', '2.0.0', { status: 'CHAMPION' }),
      );
      const { reads } = store;
      expect((await reads.champions(null)).map((v) => v.id)).toEqual(['a_v2.0.0', 'm_v1.9.0']);
      expect((await reads.champions(['m'])).map((v) => v.id)).toEqual(['m_v1.9.0']);
      expect((await reads.challengers(['m', 'a'])).map((v) => v.version)).toEqual(['1.10.0', '1.10.0-rc.1']);
      expect(await reads.highestVersion('m')).toBe('1.10.0');
      expect(await reads.highestVersion('none')).toBeNull();
      expect(await reads.latestRegistration('m')).toBe(9_000);
      expect(await reads.latestRegistration('none')).toBeNull();
    });

    it('sweeps one model or all in order of id', async () => {
      await write((tx) => tx.insertModel(aModel('m_v1')));
      await register(aVersion('m', '1.0.0'), aVersion('m', '2.0.0'), aVersion('m_v1', '1.0.0'));
      expect((await store.reads.versionSweep(null, null, 10)).map((v) => v.id)).toEqual(['m_v1.0.0', 'm_v1_v1.0.0', 'm_v2.0.0']);
      expect((await store.reads.versionSweep('m', null, 10)).map((v) => v.id)).toEqual(['m_v1.0.0', 'm_v2.0.0']);
      expect((await store.reads.versionSweep('m', 'm_v1.0.0', 1)).map((v) => v.id)).toEqual(['m_v2.0.0']);
    });

    it('finds the versions of a file, and follows a change of files', async () => {
      await register(aVersion('m', '1.0.0'), aVersion('m', '1.0.1', { files: [] }));
      expect(await store.reads.versionsWithFile('a'.repeat(64), 5)).toEqual(['m_v1.0.0']);
      const file = { name: 'w.pth', sha256: 'b'.repeat(64), bytes: 1, mediaType: 'x/y' };
      await write((tx) => tx.updateVersion('m_v1.0.0', { files: [file, { ...file, name: 'copy' }] }));
      expect(await store.reads.versionsWithFile('a'.repeat(64), 5)).toEqual([]);
      expect(await store.reads.versionsWithFile('b'.repeat(64), 5)).toEqual(['m_v1.0.0']);
    });

    it('keeps lists and counts true when status, metrics and tags change', async () => {
      await register(aVersion('m', '1.0.0'), aVersion('m', '1.0.1', { metrics: [aMetric('accuracy', 50), aMetric('f1', -1)] }));
      await write(async (tx) => {
        await tx.updateVersion('m_v1.0.0', { status: 'CHAMPION', deployedAt: 7, notes: undefined as never });
        await tx.updateVersion('m_v1.0.1', {
          status: 'REJECTED',
          metrics: [aMetric('accuracy', 60), aMetric('mcc', 0.5)],
          tags: [{ key: 'k', value: 'v' }],
        });
      });
      const { reads } = store;
      expect(await reads.version('m_v1.0.0')).toEqual(aVersion('m', '1.0.0', { status: 'CHAMPION', deployedAt: 7 }));
      expect(await reads.metricNames('m')).toEqual(['accuracy', 'mcc']);
      const byAccuracy = { field: 'METRIC', direction: 'ASC', metric: 'accuracy' } as const;
      const count = (status: Version['status'], min: number): Promise<number> =>
        reads.versionCount('m', { status: [status], metric: { name: 'accuracy', min } }, byAccuracy);
      expect(await Promise.all([count('CHALLENGER', 0), count('CHAMPION', 97), count('REJECTED', 60), count('REJECTED', 61)])).toEqual([
        0, 1, 1, 0,
      ]);
      expect(await reads.versionCount('m', { status: ['CHALLENGER'] }, LATEST)).toBe(0);
      expect(await reads.versionCount('m', {}, LATEST)).toBe(2);
      expect((await reads.versionPage('m', { status: ['REJECTED'] }, byAccuracy, ALL)).nodes.map((v) => v.version)).toEqual(['1.0.1']);
      expect((await reads.versionPage('m', { tag: { key: 'k', value: 'v' } }, LATEST, ALL)).nodes.map((v) => v.version)).toEqual(['1.0.1']);
      expect(
        (await reads.versionPage('m', { tag: { key: 'stage', value: 'night run' } }, LATEST, ALL)).nodes.map((v) => v.version),
      ).toEqual(['1.0.0']);
    });

    it('searches id, architecture, notes and reason without case, and takes wildcards for what they are', async () => {
      await register(
        aVersion('m', '1.0.0', { architecture: 'ResNet', notes: '100%_SURE' }),
        aVersion('m', '1.0.1', { reason: 'Ütter\\failure' }),
        aVersion('m', '1.0.10'),
      );
      const found = async (text: string): Promise<string[]> => {
        const page = await store.reads.versionPage('m', { text }, LATEST, ALL);
        expect(await store.reads.versionCount('m', { text }, LATEST)).toBe(page.nodes.length);
        return page.nodes.map((v) => v.version);
      };
      expect(await found('resnet')).toEqual(['1.0.0']);
      expect(await found('%_s')).toEqual(['1.0.0']);
      expect(await found('üTTER\\F')).toEqual(['1.0.1']);
      expect(await found('M_V1.0.1')).toEqual(['1.0.10', '1.0.1']);
      expect(await found('_')).toEqual(['1.0.10', '1.0.1', '1.0.0']);
      await expect(found('x'.repeat(1_001))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    it('refuses a cursor of another list', async () => {
      await register(aVersion('m', '1.0.0'));
      const [after = ''] = (await store.reads.versionPage('m', {}, LATEST, ALL)).cursors;
      const byTime = { field: 'CREATED_AT', direction: 'ASC' } as const;
      for (const bad of [after, 'nonsense']) {
        await expect(store.reads.versionPage('m', {}, byTime, { first: 1, after: bad })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
      }
    });
  });

  it('knows who reigned when', async () => {
    await write(async (tx) => {
      await tx.insertModel(aModel('m'));
      await tx.openReign({ model: 'm', version: '1.0.0', from: 100, until: null, eventSeq: 1 });
    });
    await write(async (tx) => {
      await tx.closeReign('m', 200);
      await tx.openReign({ model: 'm', version: '1.0.1', from: 200, until: null, eventSeq: 2 });
      await tx.closeReign('m', 200);
      await tx.openReign({ model: 'm', version: '1.0.2', from: 200, until: null, eventSeq: 3 });
    });
    const at = async (time: number): Promise<string | null> => (await store.reads.reignAt('m', time))?.version ?? null;
    expect(await Promise.all([99, 100, 199, 200, 10_000].map(at))).toEqual([null, '1.0.0', '1.0.0', '1.0.2', '1.0.2']);
    const first = await store.reads.reignPage('m', { first: 2, after: null });
    expect(first.nodes.map((r) => r.version)).toEqual(['1.0.2', '1.0.1']);
    const rest = await store.reads.reignPage('m', { first: 2, after: first.cursors[1] ?? null });
    expect(rest).toMatchObject({ nodes: [{ model: 'm', version: '1.0.0', from: 100, until: 200, eventSeq: 1 }], hasNextPage: false });
  });

  it('keeps every revision of a policy', async () => {
    await write(async (tx) => {
      await tx.insertModel(aModel('m'));
      await tx.insertPolicy(aPolicy('m', 1));
      await tx.insertPolicy(aPolicy('m', 2));
    });
    expect(await store.reads.policy('m')).toEqual(aPolicy('m', 2));
    expect(await store.reads.policy('m', 1)).toEqual(aPolicy('m', 1));
    expect(await store.reads.policy('m', 3)).toBeNull();
    const page = await store.reads.policyPage('m', { first: 1, after: null });
    expect(page).toMatchObject({ nodes: [{ revision: 2 }], hasNextPage: true });
    expect((await store.reads.policyPage('m', { first: 5, after: page.cursors[0] ?? null })).nodes).toEqual([aPolicy('m', 1)]);
    await expect(write((tx) => tx.insertPolicy(aPolicy('m', 2)))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('keeps decisions, their totals and their answers', async () => {
    const waiting = aDecision('z', 'm', { outcome: 'HOLD', awaiting: true, applied: false, at: 5_000 });
    await write(async (tx) => {
      await tx.insertModel(aModel('m'));
      await tx.insertDecision(waiting);
      await tx.insertDecision(aDecision('a', 'm', { at: 5_000 }));
      await tx.insertDecision(aDecision('k', 'm', { at: 4_000, candidate: '1.0.1', outcome: 'REFUSE', applied: false }));
    });
    const { reads } = store;
    expect(await reads.decision('z')).toEqual(waiting);
    expect(await reads.decision('nope')).toBeNull();
    const first = await reads.decisionPage('m', { first: 1, after: null });
    const rest = await reads.decisionPage('m', { first: 5, after: first.cursors[0] ?? null });
    expect([...first.nodes, ...rest.nodes].map((d) => d.id)).toEqual(['a', 'z', 'k']);
    expect(await reads.awaitingDecisions('m', null)).toEqual([waiting]);
    expect(await reads.awaitingDecisions('m', '1.0.1')).toEqual([]);
    expect((await reads.standing('m'))?.decisions).toEqual({ all: 3, applied: 1, last: 5_000 });
    const answer = { kind: 'DECLINED', by: 'ann', at: 6_000, reason: 'no' } as const;
    await write((tx) => tx.answerDecision('z', answer));
    expect(await reads.decision('z')).toEqual({ ...waiting, awaiting: false, answer });
    expect(await reads.awaitingDecisions('m', '1.0.0')).toEqual([]);
    await expect(write((tx) => tx.answerDecision('z', answer))).rejects.toMatchObject({ code: 'DECISION_CLOSED' });
    await expect(write((tx) => tx.answerDecision('y', answer))).rejects.toMatchObject({ code: 'DECISION_NOT_FOUND' });
  });

  it('keeps the pool of training events', async () => {
    const events = ['SCN', 'GTO', 'AMB', 'TRT'].map((id, i) =>
      aTrainingEvent('m', id, { date: i === 3 ? '2025-12-31' : '2026-02-10', status: i === 2 ? 'CONSUMED' : 'PENDING' }),
    );
    await write(async (tx) => {
      await tx.insertModel(aModel('m'));
      await tx.insertTrainingEvents(events);
      await tx.insertTrainingEvents([]);
    });
    const { reads } = store;
    const ids = async (...args: Parameters<typeof reads.trainingPage>): Promise<string[]> =>
      (await reads.trainingPage(...args)).nodes.map((e) => e.eventId);
    expect(await ids('m', null, ALL)).toEqual(['TRT', 'AMB', 'GTO', 'SCN']);
    const page = await reads.trainingPage('m', ['PENDING', 'RESERVED'], { first: 2, after: null });
    expect(page).toMatchObject({ nodes: [{ eventId: 'TRT' }, { eventId: 'GTO' }], hasNextPage: true });
    expect(await ids('m', ['PENDING', 'RESERVED'], { first: 2, after: page.cursors[1] ?? null })).toEqual(['SCN']);
    expect(await ids('m', [], ALL)).toEqual([]);
    expect(await Promise.all([reads.trainingCount('m', null), reads.trainingCount('m', ['PENDING'])])).toEqual([4, 3]);
    expect(await reads.trainingEvents('m', ['GTO', 'none'])).toEqual([events[1]]);
    await write((tx) => tx.updateTrainingEvents('m', ['GTO', 'SCN'], { status: 'RESERVED', usedBy: '1.0.0', validatedAt: 9 }));
    expect(await reads.trainingEventsUsedBy('m', '1.0.0')).toEqual(
      [events[1], events[0]].map((e) => ({ ...e, status: 'RESERVED', usedBy: '1.0.0', validatedAt: 9 })),
    );
    await write((tx) => tx.updateTrainingEvents('m', ['GTO'], { usedBy: null, extra: null }));
    expect(await reads.trainingEvents('m', ['GTO'])).toMatchObject([{ status: 'RESERVED', usedBy: null, extra: null }]);
    await expect(write((tx) => tx.insertTrainingEvents([aTrainingEvent('m', 'GTO', { id: 'else' })]))).rejects.toMatchObject({
      code: 'TRAINING_EVENT_EXISTS',
    });
  });

  it('reads the log by model and type, and says how far it has looked', async () => {
    await write(async (tx) => {
      for (let i = 1; i <= 10; i += 1)
        await tx.append(anEvent(i % 5 === 0 ? 'PROMOTED' : 'VERSION_REGISTERED', i % 2 === 0 ? 'even' : 'odd', { i }));
      await tx.append(anEvent('TOKEN_CREATED', null));
    });
    const { reads } = store;
    const seqs = async (...args: Parameters<typeof reads.events>): Promise<[number[], number, boolean]> => {
      const { events, scannedTo, hasMore } = await reads.events(...args);
      return [events.map((e) => e.seq), scannedTo, hasMore];
    };
    expect(await seqs({}, 0, 3)).toEqual([[1, 2, 3], 3, true]);
    expect(await seqs({}, 8, 3)).toEqual([[9, 10, 11], 11, false]);
    expect(await seqs({ types: ['PROMOTED', 'ROLLED_BACK'] }, 0, 5)).toEqual([[5, 10], 11, false]);
    expect(await seqs({ types: ['PROMOTED'], model: 'even' }, 0, 5)).toEqual([[10], 11, false]);
    expect(await seqs({ models: ['odd', 'even'], types: ['PROMOTED'] }, 5, 5)).toEqual([[10], 11, false]);
    expect(await seqs({ models: ['odd'] }, 0, 2)).toEqual([[1, 3], 3, true]);
    expect(await seqs({ models: ['odd'], model: 'even' }, 0, 2)).toEqual([[], 11, false]);
    expect(await seqs({ models: [...Array.from({ length: 60 }, (_, i) => `m${i}`), 'odd'] }, 6, 9)).toEqual([[7, 9], 11, false]);
    expect(await seqs({}, 11, 5)).toEqual([[], 11, false]);
    const history = async (...args: Parameters<typeof reads.eventHistory>): Promise<[number[], boolean]> => {
      const { events, head, hasMore } = await reads.eventHistory(...args);
      expect(head.seq).toBe(11);
      return [events.map((e) => e.seq), hasMore];
    };
    expect(await history({}, null, 3)).toEqual([[11, 10, 9], true]);
    expect(await history({}, 3, 3)).toEqual([[2, 1], false]);
    expect(await history({ models: ['odd', 'even'], types: ['PROMOTED'] }, null, 1)).toEqual([[10], true]);
    expect(await history({ types: ['PROMOTED'] }, 10, 5)).toEqual([[5], false]);
    expect(await history({}, 1, 5)).toEqual([[], false]);
    expect((await reads.event(10))?.data).toEqual({ i: 10 });
    expect(await reads.event(12)).toBeNull();
    expect(await reads.head()).toMatchObject({ seq: 11, hash: (await reads.event(11))?.hash });
  });

  it('keeps tokens and idempotency keys', async () => {
    await write(async (tx) => {
      await tx.insertToken(aToken('t1', { createdAt: 2 }));
      await tx.insertToken(aToken('t0', { createdAt: 1, models: null, expiresAt: 1_770_000_000_000 }));
      await tx.rememberIdempotency({ operation: 'promote', key: 'k', inputHash: 'h', result: { decision: 'd', n: 1, none: null } });
    });
    const { reads } = store;
    expect(await reads.token('t1')).toEqual(aToken('t1', { createdAt: 2 }));
    expect(await reads.tokenByHash('hash of t0')).toEqual(aToken('t0', { createdAt: 1, models: null, expiresAt: 1_770_000_000_000 }));
    expect(await reads.tokenByHash('hash')).toBeNull();
    expect((await reads.tokens()).map((t) => t.id)).toEqual(['t0', 't1']);
    await write((tx) => tx.updateToken('t1', { role: 'ADMIN', models: null }));
    expect(await write((tx) => tx.lockTokens())).toEqual([
      await reads.token('t0'),
      aToken('t1', { createdAt: 2, role: 'ADMIN', models: null }),
    ]);
    await expect(write((tx) => tx.updateToken('t9', { role: 'ADMIN' }))).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    await write((tx) => tx.revokeToken('t1', 50));
    await write((tx) => tx.revokeToken('t1', 60));
    expect(await reads.token('t1')).toMatchObject({ revokedAt: 50 });
    await expect(write((tx) => tx.revokeToken('t9', 1))).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    expect(await reads.idempotency('promote', 'k')).toEqual({
      operation: 'promote',
      key: 'k',
      inputHash: 'h',
      result: { decision: 'd', n: 1, none: null },
    });
    expect(await reads.idempotency('rollback', 'k')).toBeNull();
    const again = { operation: 'promote', key: 'k', inputHash: 'other', result: {} };
    await expect(write((tx) => tx.rememberIdempotency(again))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('counts over all models or some', async () => {
    const history = { totalRuns: 3, successfulUpdates: 2, failedUpdates: 1, lastRun: 77 };
    expect(await store.reads.counts(null)).toEqual({
      models: 0,
      versions: 0,
      archived: 0,
      validatedEvents: 0,
      decisions: 0,
      applied: 0,
      lastDecision: null,
    });
    await write(async (tx) => {
      await tx.insertModel(aModel('a', { history }));
      await tx.insertModel(aModel('b', { history: { ...history, lastRun: null } }));
      await tx.insertVersion(aVersion('a', '1.0.0', { status: 'ARCHIVED' }));
      await tx.insertVersion(aVersion('b', '1.0.0'));
      await tx.insertTrainingEvents([aTrainingEvent('a', 'x', { status: 'VALIDATED' })]);
      await tx.insertDecision(aDecision('d', 'b', { at: 1_770_000_000_000 }));
    });
    const { reads } = store;
    expect(await reads.counts(null)).toEqual({
      models: 2,
      versions: 2,
      archived: 1,
      validatedEvents: 1,
      decisions: 1,
      applied: 1,
      lastDecision: 1_770_000_000_000,
    });
    expect(await reads.counts(['a'])).toMatchObject({ models: 1, versions: 1, archived: 1, decisions: 0, lastDecision: null });
    expect(await reads.importedRuns(null)).toEqual({ total: 6, successful: 4, failed: 2, last: 77 });
    expect(await reads.importedRuns([])).toEqual({ total: 0, successful: 0, failed: 0, last: null });
  });
});
