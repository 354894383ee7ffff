import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventHash, genesisHash } from '../../src/domain/event.js';
import type { Commit, Store } from '../../src/ports.js';
import { type OpenStore, openStore } from '../../src/storage/openStore.js';
import { bothDatabases } from '../support/databases.js';
import { aMetric, aModel, anEvent, aToken, aVersion } from '../support/storageRecords.js';

const LATEST = { field: 'VERSION', direction: 'DESC' } as const;

/** Walks the whole log: numbers without a gap, each hash resting on the one before it. */
async function checkChain(store: Store): Promise<number> {
  const head = await store.reads.head();
  let hash = genesisHash(head.registryId);
  const { events } = await store.reads.events({}, 0, head.seq + 1);
  events.forEach((event, i) => {
    expect(event.seq).toBe(i + 1);
    hash = eventHash(hash, event);
    expect(event.hash).toBe(hash);
  });
  expect(head).toMatchObject({ seq: events.length, hash });
  return events.length;
}

describe.each(bothDatabases())('transactions on $name', (databases) => {
  let url: string;
  let opened: OpenStore;
  let store: Store;

  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    url = await databases.create();
    opened = await openStore({ url });
    store = opened.store;
    await store.inTransaction((tx) => tx.insertModel(aModel('m')));
  });
  afterEach(() => opened.close());

  it('keeps exactly what was acknowledged of 300 concurrent transactions, a third of which throw', async () => {
    const work = Array.from({ length: 300 }, (_, i) =>
      store.inTransaction(async (tx) => {
        await tx.insertVersion(aVersion('m', `1.0.${i}`));
        await tx.append(anEvent('VERSION_REGISTERED', 'm', { i }));
        if (i % 3 === 0) throw new Error('no');
        return i;
      }),
    );
    const reading = store.reads.versionPage('m', {}, LATEST, { first: 1000, after: null });
    const settled = await Promise.allSettled(work);
    const kept = settled.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
    expect(kept).toHaveLength(200);
    // A read in between sees whole transactions only: as many versions as events, at any moment.
    await reading;
    const page = await store.reads.versionPage('m', {}, { field: 'VERSION', direction: 'ASC' }, { first: 1000, after: null });
    expect(page.nodes.map((v) => v.version)).toEqual(kept.map((i) => `1.0.${i}`));
    expect(await store.reads.versionCount('m', {}, LATEST)).toBe(200);
    const byAccuracy = { field: 'METRIC', direction: 'ASC', metric: 'accuracy' } as const;
    expect(await store.reads.versionCount('m', { metric: { name: 'accuracy', min: 97, max: 98 } }, byAccuracy)).toBe(200);
    expect(await checkChain(store)).toBe(200);
  }, 60_000);

  it('numbers events of concurrent transactions without a gap, and chains their hashes', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        store.inTransaction(async (tx) => {
          await tx.append(
            anEvent('MODEL_UPDATED', 'm', { i, text: 'ü "quoted" \u2028', number: 0.1 + 0.2, nested: { b: 1, a: [null, true] } }),
          );
          await tx.append(anEvent('TOKEN_CREATED', null));
        }),
      ),
    );
    expect(await checkChain(store)).toBe(100);
  });

  it('rolls back wholly when the work throws, and hands the error through', async () => {
    const before = await store.reads.head();
    const failing = store.inTransaction(async (tx) => {
      await tx.insertVersion(aVersion('m', '1.0.0', { metrics: [aMetric('f1', 1)] }));
      await tx.updateModel('m', { revision: 9 });
      await tx.append(anEvent('PROMOTED', 'm'));
      expect(await tx.version('m_v1.0.0')).not.toBeNull();
      expect(await store.reads.version('m_v1.0.0')).toBeNull();
      throw new TypeError('broken off');
    });
    await expect(failing).rejects.toThrow(new TypeError('broken off'));
    expect(await store.reads.head()).toEqual(before);
    expect(await store.reads.model('m')).toMatchObject({ revision: 1 });
    expect(await store.reads.metricNames('m')).toEqual([]);
    expect(await store.reads.versionCount('m', {}, LATEST)).toBe(0);
  });

  it('does not commit half of a transaction whose work swallowed a failed statement', async () => {
    await store.inTransaction((tx) => tx.insertVersion(aVersion('m', '1.0.0')));
    const swallowing = store.inTransaction(async (tx) => {
      await tx.append(anEvent('MODEL_UPDATED', 'm'));
      await tx.insertVersion(aVersion('m', '1.0.0')).catch(() => undefined);
    });
    await expect(swallowing).rejects.toMatchObject({ code: 'VERSION_EXISTS' });
    expect((await store.reads.head()).seq).toBe(0);
  });

  it('lets nothing be written by work that goes on after its transaction', async () => {
    const forgotten = Array.from({ length: 50 }, (_, i) => `forgotten-${i}`);
    let late: Promise<unknown> = Promise.resolve();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const broken = store.inTransaction(async (tx) => {
      late = gate.then(() => tx.insertModel(aModel('late')));
      // Not awaited: they are under way when the work fails.
      for (const name of forgotten) void tx.insertModel(aModel(name)).catch(() => undefined);
      await tx.head();
      throw new Error('early');
    });
    await expect(broken).rejects.toThrow('early');
    release();
    await expect(late).rejects.toThrow('the transaction is over');
    expect(await store.reads.models(['late', ...forgotten])).toEqual([]);
  });

  it('refuses a transaction inside a transaction instead of waiting for itself', async () => {
    const nested = store.inTransaction(() => store.inTransaction((tx) => tx.insertModel(aModel('inner'))));
    await expect(nested).rejects.toThrow('inside a transaction');
  });

  it('lets two changes of one model follow each other', async () => {
    const bump = (): Promise<void> =>
      store.inTransaction(async (tx) => {
        const model = await tx.lockModel('m');
        await tx.updateModel('m', { revision: (model?.revision ?? 0) + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, bump));
    expect(await store.reads.model('m')).toMatchObject({ revision: 21 });
  });

  it('sees in a transaction what it has changed itself, and leaves nothing of it behind', async () => {
    await store.inTransaction((tx) => tx.insertVersion(aVersion('m', '1.0.0')));
    const seen = await store.inTransaction(async (tx) => {
      const states = [await tx.version('m_v1.0.0')];
      await tx.updateVersion('m_v1.0.0', { status: 'CHAMPION', notes: 'first' });
      states.push(await tx.version('m_v1.0.0'));
      await tx.updateVersion('m_v1.0.0', { status: 'ARCHIVED' });
      states.push(await tx.version('m_v1.0.0'));
      await tx.updateModel('m', { revision: 7 });
      await tx.updateModel('m', { description: 'seven' });
      expect(await tx.lockModel('m')).toMatchObject({ revision: 7, description: 'seven' });
      return states.map((v) => v?.status);
    });
    expect(seen).toEqual(['CHALLENGER', 'CHAMPION', 'ARCHIVED']);
    await expect(
      store.inTransaction(async (tx) => {
        await tx.updateVersion('m_v1.0.0', { notes: 'never' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await store.inTransaction((tx) => tx.version('m_v1.0.0'))).toMatchObject({ status: 'ARCHIVED', notes: 'first' });
  });

  it('forgets a token that it has been asked for as soon as it is revoked', async () => {
    const now = Date.now();
    await store.inTransaction(async (tx) => {
      await tx.insertToken(aToken('t'));
      await tx.append(anEvent('TOKEN_CREATED', null));
    });
    const asked = (): Promise<unknown> => store.reads.tokenByHash('hash of t').then((token) => token?.revokedAt);
    expect([await asked(), await asked()]).toEqual([null, null]);
    const during = Array.from({ length: 20 }, asked);
    await store.inTransaction(async (tx) => {
      await tx.revokeToken('t', now);
      await tx.append(anEvent('TOKEN_REVOKED', null));
    });
    expect(await asked()).toBe(now);
    await Promise.all(during);
    expect(await asked()).toBe(now);
  });

  it('hands the events of a commit to its listeners as they are in the log', async () => {
    const commits: Commit[] = [];
    const stop = store.onCommit((commit) => commits.push(commit));
    await store.inTransaction(async (tx) => {
      for (const i of [1, 2]) await tx.append(anEvent('MODEL_UPDATED', 'm', { i }));
    });
    stop();
    expect(commits).toEqual([{ seq: 2, events: (await store.reads.events({}, 0, 10)).events }]);
  });

  it('tells listeners of commits, once, and not of what was rolled back', async () => {
    const heard: number[] = [];
    const stop = store.onCommit(({ seq }) => heard.push(seq));
    const faulty = store.onCommit(() => {
      throw new Error('a listener at fault');
    });
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    await store.inTransaction((tx) => tx.append(anEvent('MODEL_UPDATED', 'm')));
    expect(heard).toEqual([1]);
    expect((await warned).message).toBe('a listener at fault');
    faulty();
    await store.inTransaction((tx) => tx.insertModel(aModel('silent')));
    await expect(
      store.inTransaction(async (tx) => {
        await tx.append(anEvent('MODEL_UPDATED', 'm'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await store.inTransaction(async (tx) => {
      await tx.append(anEvent('MODEL_UPDATED', 'm'));
      await tx.append(anEvent('MODEL_UPDATED', 'm'));
    });
    expect(heard).toEqual([1, 3]);
    stop();
    await store.inTransaction((tx) => tx.append(anEvent('MODEL_UPDATED', 'm')));
    expect(heard).toEqual([1, 3]);
  });

  it('stops at the failpoint before the commit, which then has not happened', async () => {
    const broken = await openStore({
      url,
      failpoint: (name) => {
        if (name === 'storage-before-commit') throw new Error('stopped');
      },
    });
    await expect(broken.store.inTransaction((tx) => tx.insertModel(aModel('x')))).rejects.toThrow('stopped');
    await broken.close();
    expect(await store.reads.model('x')).toBeNull();
  });

  it('finds everything again after it was closed and opened', async () => {
    await store.inTransaction((tx) => tx.append(anEvent('MODEL_UPDATED', 'm')));
    const head = await store.reads.head();
    await opened.close();
    await expect(store.inTransaction(async () => undefined)).rejects.toThrow('closed');
    opened = await openStore({ url });
    expect(await opened.store.reads.head()).toEqual(head);
    expect(await opened.store.reads.model('m')).toEqual(aModel('m'));
  });

  it.runIf(databases.name === 'postgres')(
    'hears of commits of other nodes, also after its connection was cut',
    async () => {
      const other = await openStore({ url });
      const admin = new pg.Client({ connectionString: url });
      await admin.connect();
      const listening = "datname = current_database() AND application_name = 'juara-listen' AND query LIKE 'LISTEN%'";
      const listeners = async (): Promise<number> =>
        Number((await admin.query(`SELECT COUNT(*) AS n FROM pg_stat_activity WHERE ${listening}`)).rows[0].n);
      try {
        const heard: number[] = [];
        const stop = other.store.onCommit(({ seq }) => heard.push(seq));
        await vi.waitFor(async () => expect(await listeners()).toBe(1), { timeout: 10_000 });
        await store.inTransaction((tx) => tx.append(anEvent('MODEL_UPDATED', 'm')));
        await vi.waitFor(() => expect(heard).toEqual([1]), { timeout: 10_000 });
        await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${listening}`);
        await vi.waitFor(async () => expect(await listeners()).toBe(1), { timeout: 10_000 });
        await store.inTransaction((tx) => tx.append(anEvent('MODEL_UPDATED', 'm')));
        await vi.waitFor(() => expect(heard).toEqual([1, 2]), { timeout: 10_000 });
        stop();
        await vi.waitFor(async () => expect(await listeners()).toBe(0), { timeout: 10_000 });
      } finally {
        await admin.end();
        await other.close();
      }
    },
    60_000,
  );

  it.runIf(databases.name === 'postgres')(
    'does a transaction again that the database broke off in a deadlock',
    async () => {
      await store.inTransaction((tx) => tx.insertModel(aModel('n')));
      let tries = 0;
      let both: () => void = () => undefined;
      const met = new Promise<void>((resolve) => {
        both = resolve;
      });
      const crossing = (first: string, second: string): Promise<void> =>
        store.inTransaction(async (tx) => {
          await tx.lockModel(first);
          tries += 1;
          if (tries === 2) both();
          await met;
          await tx.lockModel(second);
          await tx.append(anEvent('MODEL_UPDATED', first));
        });
      await Promise.all([crossing('m', 'n'), crossing('n', 'm')]);
      expect(tries).toBeGreaterThan(2);
      expect(await checkChain(store)).toBe(2);
    },
    60_000,
  );
});
