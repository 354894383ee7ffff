import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatCursor } from '../../src/domain/cursor.js';
import type { StoredEvent } from '../../src/domain/event.js';
import { createFeed, type RunningFeed } from '../../src/feed/createFeed.js';
import { openStore } from '../../src/storage/openStore.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

let opened: Awaited<ReturnType<typeof openStore>>;
let feed: RunningFeed;
const errors: unknown[] = [];

beforeEach(async () => {
  opened = await openStore({ url: `sqlite:${await temporaryFolder()}/juara.db` });
  feed = await createFeed(opened.store, (error) => errors.push(error));
});
afterEach(async () => {
  feed.close();
  await opened.close();
  expect(errors).toEqual([]);
});

const write = (count: number, model: string | null = 'm'): Promise<StoredEvent[]> =>
  opened.store.inTransaction(async (tx) => {
    const events: StoredEvent[] = [];
    for (let i = 0; i < count; i++)
      events.push(await tx.append({ type: i % 3 === 0 ? 'PROMOTED' : 'POLICY_CHANGED', at: i, actor: 'a', model, data: { i } }));
    return events;
  });

async function take(events: AsyncIterator<StoredEvent>, count: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.length < count) {
    const { done, value } = await events.next();
    if (done) break;
    seqs.push(value.seq);
  }
  return seqs;
}
const upTo = (n: number, from = 1): number[] => Array.from({ length: n - from + 1 }, (_, i) => from + i);

describe('following the log', () => {
  it('begins at the first event, at the cursor, or now', async () => {
    const [, second] = await write(3);
    const fromStart = await feed.follow({}, '');
    const fromCursor = await feed.follow({}, await feed.cursor(second as StoredEvent));
    const fromNow = await feed.follow({}, null);
    await write(1);
    expect(await take(fromStart, 4)).toEqual([1, 2, 3, 4]);
    expect(await take(fromCursor, 2)).toEqual([3, 4]);
    expect(await take(fromNow, 1)).toEqual([4]);
  });

  it('loses nothing and repeats nothing while writers go on, however slow the reader is', async () => {
    const fast = await feed.follow({}, null);
    const slow = await feed.follow({}, null);
    const writing = (async () => {
      for (let i = 0; i < 60; i++) await write(50);
    })();
    expect(await take(fast, 3_000)).toEqual(upTo(3_000));
    await writing;
    // By now the first events have left memory: the slow reader reads them from the log.
    await write(3_000);
    expect(await take(slow, 6_000)).toEqual(upTo(6_000));
  });

  it('gives each reader the part that its filter names, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('m', 'n', null), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (batches, early) => {
          const start = (await opened.store.reads.head()).seq;
          const after = await feed.cursorAt(start);
          const early_ = early ? await feed.follow({ model: 'm', types: ['PROMOTED'] }, null) : null;
          const written: StoredEvent[] = [];
          for (const [model, count] of batches) written.push(...(await write(count, model)));
          const expected = written.filter((e) => e.model === 'm' && e.type === 'PROMOTED').map((e) => e.seq);
          const late = await feed.follow({ model: 'm', types: ['PROMOTED'] }, after);
          for (const follower of [early_, late]) {
            if (follower === null) continue;
            expect(await take(follower, expected.length)).toEqual(expected);
            await follower.return?.();
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ends at once when the reader leaves, also while it waits, and leaves nothing behind', async () => {
    const followers = await Promise.all(upTo(200).map(() => feed.follow({}, null)));
    const pending = followers.map((f) => f.next());
    expect(feed.followers()).toBe(200);
    await Promise.all(followers.map((f) => f.return?.()));
    expect(await Promise.all(pending)).toEqual(Array(200).fill({ done: true, value: undefined }));
    expect(feed.followers()).toBe(0);
  });

  it('ends all readers when the feed closes', async () => {
    const pending = (await feed.follow({}, null)).next();
    feed.close();
    expect(await pending).toEqual({ done: true, value: undefined });
  });
});

describe('cursors', () => {
  const refused = (cursor: string, code: string) => expect(feed.follow({}, cursor)).rejects.toMatchObject({ code });

  it('are checked: garbage, another registry’s, one ahead of the log, one of another history', async () => {
    const [event] = await write(1);
    const { registryId, hash } = await opened.store.reads.head();
    await refused('xyz', 'CURSOR_INVALID');
    await refused(Buffer.from('j1.x.1.00').toString('base64url'), 'CURSOR_INVALID');
    await refused(formatCursor('00000000-0000-4000-8000-000000000000', 1, hash), 'CURSOR_FOREIGN');
    await refused(formatCursor(registryId, 2, hash), 'CURSOR_AHEAD');
    await refused(formatCursor(registryId, 1, 'f'.repeat(64)), 'CURSOR_FOREIGN');
    expect(await feed.position(await feed.cursor(event as StoredEvent))).toBe(1);
    expect(await feed.position(await feed.cursorAt(0))).toBe(0);
  });
});
