import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/domain/evaluation.js';
import type { Store, Tx } from '../../src/ports.js';
import { type OpenStore, openStore } from '../../src/storage/openStore.js';
import { bothDatabases } from '../support/databases.js';
import { aBenchmark, anEvaluation } from '../support/evidenceRecords.js';
import { aDecision, aModel, aVersion } from '../support/storageRecords.js';

describe.each(bothDatabases())('evidence on $name', (databases) => {
  let opened: OpenStore;
  let store: Store;

  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    opened = await openStore({ url: await databases.create() });
    store = opened.store;
    await write(async (tx) => {
      await tx.insertModel(aModel('m'));
      await tx.insertModel(aModel('n'));
      await tx.insertVersion(aVersion('m', '1.0.0'));
      await tx.insertBenchmark(aBenchmark('b'));
      await tx.insertBenchmark(aBenchmark('a'));
    });
  });
  afterEach(() => opened.close());

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.inTransaction(work);
  const queue = (...ids: string[]): Promise<void> =>
    write(async (tx) => {
      for (const id of ids) await tx.insertEvaluation(anEvaluation(id, 'm', '1.0.0', 'b'));
    });
  const claim = (owner: string, leaseMs: number | null, at = 9): Promise<Evaluation | null> =>
    write((tx) => tx.claimEvaluation(owner, leaseMs, at));

  it('gives benchmarks back as they were, by name, and once each', async () => {
    expect(await store.reads.benchmark('b')).toEqual(aBenchmark('b'));
    expect(await store.reads.benchmark('B')).toBeNull();
    const first = await store.reads.benchmarkPage({ first: 1, after: null });
    expect(first.nodes.map((b) => b.name)).toEqual(['a']);
    const second = await store.reads.benchmarkPage({ first: 1, after: first.cursors[0] ?? null });
    expect(second).toMatchObject({ nodes: [aBenchmark('b')], hasNextPage: false });
    await expect(write((tx) => tx.insertBenchmark(aBenchmark('b', { format: 'NPZ' })))).rejects.toMatchObject({ code: 'BENCHMARK_EXISTS' });
    await write((tx) => tx.countBenchmarkUse('b'));
    expect(await store.reads.benchmark('b')).toMatchObject({ uses: 1 });
  });

  it('gives evaluations back as they were, newest first', async () => {
    await queue('e1', 'e2', 'e3');
    expect(await store.reads.evaluation('e1')).toEqual(anEvaluation('e1', 'm', '1.0.0', 'b'));
    expect(await store.reads.evaluation('e9')).toBeNull();
    expect((await store.reads.evaluationsOf('m', '1.0.0', 2)).map((e) => e.id)).toEqual(['e3', 'e2']);
    expect(await store.reads.evaluationsOf('m', '1.0.1', 2)).toEqual([]);
    await write((tx) => tx.updateEvaluation('e2', { status: 'SUCCEEDED', finishedAt: 12 }));
    expect(await store.reads.latestEvaluation('m', '1.0.0', 'b', 'SUCCEEDED')).toMatchObject({ id: 'e2', finishedAt: 12 });
    expect(await store.reads.latestEvaluation('m', '1.0.0', 'b', 'QUEUED')).toMatchObject({ id: 'e3' });
    expect(await store.reads.latestEvaluation('m', '1.0.0', 'a', 'SUCCEEDED')).toBeNull();
    await expect(write((tx) => tx.updateEvaluation('e9', { progress: 1 }))).rejects.toMatchObject({ code: 'EVALUATION_NOT_FOUND' });
  });

  it('knows what has succeeded and is not settled yet, oldest first', async () => {
    await queue('e1', 'e2', 'e3');
    for (const id of ['e3', 'e1']) await write((tx) => tx.updateEvaluation(id, { status: 'SUCCEEDED' }));
    expect((await store.reads.unsettledEvaluations()).map((e) => e.id)).toEqual(['e1', 'e3']);
    await write((tx) => tx.settleEvaluation('e1'));
    expect((await store.reads.unsettledEvaluations()).map((e) => e.id)).toEqual(['e3']);
  });

  it('knows whether a model has been measured', async () => {
    expect(await store.reads.isMeasured('m')).toBe(false);
    await queue('e1');
    expect(await store.reads.isMeasured('m')).toBe(true);
    expect(await store.reads.isMeasured('n')).toBe(false);
    await write((tx) => tx.updateEvaluation('e1', { status: 'FAILED' }));
    expect(await store.reads.isMeasured('m')).toBe(false);
  });

  it('hands each evaluation to one worker, in the order in which they were asked for', async () => {
    await queue('e1', 'e2');
    const [one, two, three] = [await claim('x', 60_000, 11), await claim('y', 60_000), await claim('x', 60_000)];
    expect([one?.id, two?.id, three]).toEqual(['e1', 'e2', null]);
    expect(one).toMatchObject({ status: 'RUNNING', startedAt: 11, progress: 0 });
    expect(await store.reads.evaluation('e1')).toEqual(one);
  });

  it('never hands one to two workers that ask at the same moment', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `e${i}`);
    await queue(...ids);
    const claimed = await Promise.all(ids.map((_, i) => claim(`worker ${i % 4}`, 60_000)));
    expect(new Set(claimed.map((e) => e?.id).filter((id) => id !== undefined)).size).toBe(claimed.filter((e) => e !== null).length);
  });

  it('lets a worker hold what it has, and another take over what was given up', async () => {
    await queue('e1');
    await claim('x', 60_000);
    expect(await write((tx) => tx.renewEvaluation('e1', 'y', 60_000, 0.5))).toBe(false);
    expect(await write((tx) => tx.renewEvaluation('e1', 'x', 60_000, 0.5))).toBe(true);
    expect(await store.reads.evaluation('e1')).toMatchObject({ progress: 0.5 });
    expect(await claim('y', 60_000)).toBeNull();
    // A lease of -1 ms has run out already.
    await write((tx) => tx.renewEvaluation('e1', 'x', -1, 0.5));
    expect(await claim('y', 60_000)).toMatchObject({ id: 'e1', progress: 0 });
    expect(await write((tx) => tx.renewEvaluation('e1', 'x', 60_000, 0.9))).toBe(false);
  });

  it('where there is no second process, takes up at once what an earlier one was at, and not what it is at itself', async () => {
    await queue('e1');
    await claim('x', null);
    expect(await claim('x', null)).toBeNull();
    expect(await claim('y', null)).toMatchObject({ id: 'e1' });
  });

  it('does not hold one that has ended', async () => {
    await queue('e1');
    await claim('x', null);
    await write((tx) => tx.updateEvaluation('e1', { status: 'CANCELLED' }));
    expect(await write((tx) => tx.renewEvaluation('e1', 'x', null, 0.5))).toBe(false);
    expect(await claim('y', null)).toBeNull();
  });

  it('counts the other candidates that were decided on, each once', async () => {
    const comparison = (benchmark: string | null) => ({ ...aDecision('x', 'm').comparison, benchmark }) as never;
    const decision = (id: string, candidate: string, champion: string, benchmark: string | null) =>
      aDecision(id, 'm', { candidate, champion, comparison: comparison(benchmark) });
    await write(async (tx) => {
      await tx.insertDecision(decision('d1', '1.0.1', '1.0.0', 'b'));
      await tx.insertDecision(decision('d2', '1.0.1', '1.0.0', 'b'));
      await tx.insertDecision(decision('d3', '1.0.2', '1.0.0', 'b'));
      await tx.insertDecision(decision('d4', '1.0.3', '1.0.0', null));
      await tx.insertDecision(decision('d5', '1.0.4', '1.0.1', 'b'));
      await tx.insertDecision(decision('d6', '1.0.5', '1.0.0', 'b'));
    });
    expect(await store.reads.triedCandidates('m', '1.0.0', 'b', '1.0.5')).toBe(2);
    expect(await store.reads.triedCandidates('m', '1.0.0', 'b', '1.0.9')).toBe(3);
    expect(await store.reads.triedCandidates('n', '1.0.0', 'b', '1.0.9')).toBe(0);
  });
});
