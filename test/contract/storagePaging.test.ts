import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VERSION_STATUSES, type VersionStatus } from '../../src/domain/lifecycle.js';
import type { Version } from '../../src/domain/records.js';
import { versionSortKey } from '../../src/domain/semver.js';
import type { Store, VersionFilter, VersionOrder } from '../../src/ports.js';
import { type OpenStore, openStore } from '../../src/storage/openStore.js';
import { bothDatabases } from '../support/databases.js';
import { aMetric, aModel, aVersion } from '../support/storageRecords.js';

/** Values that are shared by versions and bounds. */
const landmark = fc.constantFrom(0, -0, 1, -1, 64, 97.63, 97.64, 0.1 + 0.2, -97.63, -97.64, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE);
/** Values that collide, that stand close together, that are huge, tiny, negative, or on a bucket's edge. */
const value = fc.oneof(
  { weight: 3, arbitrary: landmark },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.double({ min: 97, max: 98, noNaN: true }) },
  { weight: 1, arbitrary: fc.integer({ min: -200, max: 200 }) },
);
const status = fc.constantFrom<VersionStatus>(...VERSION_STATUSES);
const architecture = fc.constantFrom(null, 'ConvNeXt', 'resnet', 'ResNet_50%');
const tag = fc.record({ key: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2') });

const versions: fc.Arbitrary<Version[]> = fc
  .uniqueArray(
    fc.record({
      number: fc.tuple(
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 20 }),
        fc.constantFrom('', '-rc.1', '-rc.10', '-rc.2', '-beta'),
      ),
      status,
      architecture,
      createdAt: fc.integer({ min: 1_770_000_000_000, max: 1_770_000_000_005 }),
      accuracy: fc.option(value),
      f1: fc.option(value),
      notes: fc.constantFrom(null, 'Night run', '100% sure'),
      tags: fc.uniqueArray(tag, { maxLength: 2, selector: (t) => t.key }),
    }),
    { maxLength: 40, selector: (v) => v.number.join() },
  )
  .map((records) =>
    records.map(({ number: [minor, patch, pre], accuracy, f1, ...rest }) =>
      aVersion('m', `1.${minor}.${patch}${pre}`, {
        ...rest,
        metrics: [...(accuracy === null ? [] : [aMetric('accuracy', accuracy)]), ...(f1 === null ? [] : [aMetric('f1', f1)])],
      }),
    ),
  );

const bound = fc.record({ name: fc.constantFrom('accuracy', 'f1', 'none'), min: fc.option(value), max: fc.option(value) });
const statuses = fc.option(fc.array(status, { maxLength: 3 }));
/** The half that is served by counters and indexes, and every combination besides. */
const filter: fc.Arbitrary<VersionFilter> = fc.oneof(
  fc.record({ status: statuses, metric: fc.option(bound) }),
  fc.record(
    {
      status: statuses,
      metric: fc.option(bound),
      architecture: fc.option(fc.constantFrom('ConvNeXt', 'resnet')),
      text: fc.option(fc.constantFrom('NIGHT', '0%', '_', 'resnet', '1.2')),
      tag: fc.option(tag),
    },
    { requiredKeys: [] },
  ),
);
const order: fc.Arbitrary<VersionOrder> = fc.record({
  field: fc.constantFrom('VERSION', 'CREATED_AT', 'METRIC'),
  direction: fc.constantFrom('ASC', 'DESC'),
  metric: fc.constantFrom('accuracy', 'f1', 'none'),
});

/** What the list must hold, by filtering and sorting everything. */
function expected(all: readonly Version[], wanted: VersionFilter, by: VersionOrder): string[] {
  const metric = (version: Version, name: string): number | undefined => version.metrics.find((m) => m.name === name)?.value;
  const matches = (v: Version): boolean => {
    const { metric: limits, tag: wantedTag, text } = wanted;
    const measured = limits == null ? 0 : metric(v, limits.name);
    const inText = [v.id, v.architecture, v.notes, v.reason].some((field) => field?.toLowerCase().includes((text ?? '').toLowerCase()));
    return (
      (wanted.status == null || wanted.status.includes(v.status)) &&
      (wanted.architecture == null || v.architecture === wanted.architecture) &&
      (text == null || inText) &&
      (wantedTag == null || v.tags.some((t) => t.key === wantedTag.key && t.value === wantedTag.value)) &&
      (limits == null || (measured !== undefined && measured >= (limits.min ?? -Infinity) && measured <= (limits.max ?? Infinity))) &&
      (by.field !== 'METRIC' || metric(v, by.metric ?? '') !== undefined)
    );
  };
  const sign = by.direction === 'ASC' ? 1 : -1;
  const main = (v: Version): number =>
    by.field === 'METRIC' ? (metric(v, by.metric ?? '') ?? 0) : by.field === 'CREATED_AT' ? v.createdAt : 0;
  const compare = (a: Version, b: Version): number => {
    const [left, right] = [main(a), main(b)];
    if (left !== right) return left < right ? -sign : sign;
    return versionSortKey(a.version) < versionSortKey(b.version) ? -sign : sign;
  };
  return all
    .filter(matches)
    .sort(compare)
    .map((v) => v.id);
}

async function everyPage(store: Store, wanted: VersionFilter, by: VersionOrder, first: number): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page = await store.reads.versionPage('m', wanted, by, { first, after });
    expect(page.nodes.length).toBeLessThanOrEqual(first);
    ids.push(...page.nodes.map((v) => v.id));
    after = page.cursors.at(-1) ?? null;
    if (!page.hasNextPage || after === null) return ids;
  }
}

describe.each(bothDatabases())('lists of versions on $name', (databases) => {
  let opened: OpenStore;

  beforeAll(() => databases.start(), 60_000);
  afterAll(() => databases.stop());
  beforeEach(async () => {
    opened = await openStore({ url: await databases.create() });
  });
  afterEach(() => opened.close());

  const fill = (all: readonly Version[]): Promise<void> =>
    opened.store.inTransaction(async (tx) => {
      await tx.insertModel(aModel('m'));
      await tx.insertModel(aModel('n'));
      // A neighbour that must never show.
      await tx.insertVersion(aVersion('n', '1.0.0', { tags: [{ key: 'a', value: '1' }] }));
      for (const version of all) await tx.insertVersion(version);
    });

  it('put together, the pages are the list, and its count is their number', async () => {
    const lists = fc.array(fc.tuple(filter, order, fc.integer({ min: 1, max: 7 })), { minLength: 10, maxLength: 20 });
    const moves = fc.array(fc.tuple(fc.nat(), status, fc.option(value)), { maxLength: 10 });
    await fc.assert(
      fc
        .asyncProperty(versions, moves, lists, async (registered, changes, asked) => {
          await fill(registered);
          const all = [...registered];
          // Lists and counts must follow every change of status and metrics, not only registrations.
          await opened.store.inTransaction(async (tx) => {
            for (const [at, newStatus, accuracy] of changes) {
              const old = all[at % all.length];
              if (old === undefined) continue;
              const metrics = accuracy === null ? old.metrics : [aMetric('accuracy', accuracy)];
              all[at % all.length] = { ...old, status: newStatus, metrics };
              await tx.updateVersion(old.id, { status: newStatus, metrics });
            }
          });
          for (const [wanted, by, first] of asked) {
            const ids = expected(all, wanted, by);
            expect(await everyPage(opened.store, wanted, by, first)).toEqual(ids);
            expect(await opened.store.reads.versionCount('m', wanted, by)).toBe(ids.length);
          }
        })
        .afterEach(async () => {
          await opened.close();
          opened = await openStore({ url: await databases.create() });
        }),
      { numRuns: databases.name === 'sqlite' ? 40 : 12 },
    );
  }, 120_000);

  it('a page begun before a registration goes on behind its last row', async () => {
    await fill([aVersion('m', '1.0.0'), aVersion('m', '3.0.0'), aVersion('m', '5.0.0')]);
    const byVersion = { field: 'VERSION', direction: 'DESC' } as const;
    const page = await opened.store.reads.versionPage('m', {}, byVersion, { first: 2, after: null });
    await opened.store.inTransaction(async (tx) => {
      await tx.insertVersion(aVersion('m', '6.0.0'));
      await tx.insertVersion(aVersion('m', '2.0.0'));
    });
    const rest = await opened.store.reads.versionPage('m', {}, byVersion, { first: 9, after: page.cursors[1] ?? null });
    expect([...page.nodes, ...rest.nodes].map((v) => v.version)).toEqual(['5.0.0', '3.0.0', '2.0.0', '1.0.0']);
  });

  it('a page of none says whether there is one, and a wrong size is refused', async () => {
    await fill([aVersion('m', '1.0.0')]);
    const byVersion = { field: 'VERSION', direction: 'DESC' } as const;
    expect(await opened.store.reads.versionPage('m', {}, byVersion, { first: 0, after: null })).toEqual({
      nodes: [],
      cursors: [],
      hasNextPage: true,
    });
    await expect(opened.store.reads.versionPage('m', {}, byVersion, { first: 1001, after: null })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});
