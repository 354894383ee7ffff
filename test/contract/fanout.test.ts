import { once } from 'node:events';
import fc from 'fast-check';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Actor } from '../../src/domain/actor.js';
import { CloseCode } from '../../src/http/closeCodes.js';
import type { Fanout } from '../../src/http/fanout/fanout.js';
import { groupKey } from '../../src/http/fanout/groupKey.js';
import { HIGH_WATER_BYTES } from '../../src/http/fanout/outlet.js';
import { ADMIN, type DialWish, EVENTS, type FanoutPeer, type FanoutPeers, openFanoutPeers, type Wish } from '../support/fanoutPeers.js';
import type { SchemaRegistry } from '../support/graphql.js';

const VIEWER: Actor = { name: 'v', role: 'VIEWER', models: null, tokenId: null };

let peers: FanoutPeers;
let fanout: Fanout;
let registry: SchemaRegistry;
beforeEach(async () => {
  peers = await openFanoutPeers();
  ({ fanout, registry } = peers);
});
afterEach(() => peers.close());

const dial = (wish?: DialWish): Promise<FanoutPeer> => peers.dial(wish);
const subscribe = (peer: FanoutPeer, wish?: Wish): Promise<AsyncIterableIterator<unknown>> => peers.subscribe(peer, wish);
const write = (count: number, bytes?: number): Promise<void> => peers.write(count, bytes);
const upTo = (n: number, from = 1): number[] => Array.from({ length: Math.max(0, n - from + 1) }, (_, i) => from + i);
const received = (peer: FanoutPeer, seqs: number[]) => expect.poll(() => peer.seqs, { timeout: 20_000 }).toEqual(seqs);

describe('equal subscriptions', () => {
  it('share one group, wherever they began; other documents and other rights do not', async () => {
    await write(3);
    const after = await registry.feed.cursorAt(1);
    const [a, b, c, d] = [await dial(), await dial(), await dial(), await dial()];
    await subscribe(a);
    await subscribe(b, { after });
    expect(fanout.count()).toBe(1);
    await subscribe(c, { actor: VIEWER });
    await subscribe(d, { query: `${EVENTS} #` });
    expect(fanout.count()).toBe(3);
    await write(2);
    for (const peer of [a, c, d]) await received(peer, [4, 5]);
    await received(b, [2, 3, 4, 5]);
  });

  it('are told apart by the cursor only where it is used for more than the start', () => {
    const key = (query: string, after: string) =>
      groupKey({ query, document: parse(query), operationName: null, variables: { after, model: 'm' }, actor: ADMIN });
    expect(key(EVENTS, 'c1')).toBe(key(EVENTS, 'c2'));
    const twice = 'subscription ($after: Cursor) { events(after: $after) { seq ... on GenericEvent @include(if: $after) { type } } }';
    expect(key(twice, 'c1')).not.toBe(key(twice, 'c2'));
    const other = 'subscription ($model: String) { events(filter: { model: $model }) { seq } }';
    const models = ['m', 'n'].map((model) =>
      groupKey({ query: other, document: parse(other), operationName: null, variables: { model }, actor: ADMIN }),
    );
    expect(new Set(models).size).toBe(2);
  });

  it('leave nothing behind: no group, no place in the log', async () => {
    const peer = await dial();
    for (let i = 0; i < 2_000; i++) {
      const stream = await subscribe(peer, i % 2 === 0 ? {} : { after: '' });
      await stream.return?.();
    }
    // The one is the watch over tokens.
    expect([fanout.count(), registry.feed.followers()]).toEqual([0, 1]);
  });

  it('end when the feed ends', async () => {
    const stream = await subscribe(await dial());
    const end = stream.next();
    registry.feed.close();
    expect(await end).toEqual({ done: true, value: undefined });
    expect(fanout.count()).toBe(0);
  });

  it('a champion is shown first, then each new one', async () => {
    await registry.run(ADMIN, 'mutation { createModel(input: { name: "m" }) { name } }');
    for (const v of ['1.0.0', '1.0.1'])
      await registry.run(ADMIN, `mutation { registerVersion(input: { model: "m", version: "${v}" }) { version } }`);
    const promote = (v: string) =>
      registry.run(ADMIN, `mutation { promote(input: { model: "m", version: "${v}", overrideReason: "x" }) { outcome } }`);
    await promote('1.0.0');
    const query = 'subscription { champion(model: "m") { version } }';
    const [early, late] = [await dial(), await dial()];
    await subscribe(early, { query });
    await promote('1.0.1');
    await subscribe(late, { query });
    expect(fanout.count()).toBe(1);
    const shown = (peer: FanoutPeer) => peer.results.map((r) => r.payload.data.champion?.version);
    await expect.poll(() => shown(early)).toEqual(['1.0.0', '1.0.1']);
    await expect.poll(() => shown(late)).toEqual(['1.0.1']);
  });
});

describe('whoever joins, whenever, from wherever', () => {
  it('gets every event once and in order, while writers go on', async () => {
    const moments = fc.array(fc.record({ writes: fc.integer({ min: 0, max: 120 }), back: fc.integer({ min: 0, max: 600 }) }), {
      minLength: 2,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(moments, async (joins) => {
        const joined: { peer: FanoutPeer; from: number }[] = [];
        const first = await dial();
        joined.push({ peer: first, from: (await registry.deps.store.reads.head()).seq });
        await subscribe(first);
        const writing: Promise<void>[] = [];
        for (const { writes, back } of joins) {
          writing.push(write(writes));
          const { seq } = await registry.deps.store.reads.head();
          const from = Math.max(0, seq - back);
          const peer = await dial();
          await subscribe(peer, { after: await registry.feed.cursorAt(from) });
          joined.push({ peer, from });
        }
        await Promise.all(writing);
        await write(1);
        const { seq } = await registry.deps.store.reads.head();
        for (const { peer, from } of joined) await received(peer, upTo(seq, from + 1));
        for (const { peer } of joined) peer.client.terminate();
      }),
      { numRuns: 12 },
    );
  });
});

describe('who joins from now on', () => {
  it('does not get what the group has yet to send of before', async () => {
    const [first, second] = [await dial(), await dial()];
    await subscribe(first);
    await write(200);
    await subscribe(second);
    await write(1);
    await received(first, upTo(201));
    await received(second, [201]);
  });
});

describe('a reader that does not read', () => {
  const LARGE = 'subscription ($after: Cursor) { events(after: $after) { seq ... on GenericEvent { data } } }';

  it('holds a place in the log and little memory, and gets the rest when it reads again', async () => {
    const [stalled, lively] = [await dial(), await dial()];
    (stalled.client as unknown as { _socket: { pause(): void; resume(): void } })._socket.pause();
    await subscribe(stalled, { query: LARGE });
    await subscribe(lively, { query: LARGE });
    for (let i = 0; i < 60; i++) await write(20, 20_000);
    await received(lively, upTo(1_200));
    // 24 MB were written; the kernel took some, this process keeps what fits below the mark and one message.
    expect(stalled.server.bufferedAmount).toBeLessThan(HIGH_WATER_BYTES + 50_000);
    (stalled.client as unknown as { _socket: { resume(): void } })._socket.resume();
    await received(stalled, upTo(1_200));
  });

  it('and goes on asking is not listened to until it reads, and closed after the deadline', async () => {
    const peer = await dial({ deadlineMs: 50 });
    const line = (peer.client as unknown as { _socket: { pause(): void; resume(): void } })._socket;
    const answer = JSON.stringify({ id: 'x', type: 'next', payload: { data: { filler: 'x'.repeat(100_000) } } });
    let asked = 0;
    peer.server.on('message', () => {
      asked += 1;
      void peer.outlet.reply(answer).catch(() => undefined);
    });
    line.pause();
    for (let i = 0; i < 2_000; i++) peer.client.send('x'.repeat(10_000));
    await expect.poll(() => peer.server.readyState, { timeout: 20_000 }).toBe(WebSocket.CLOSING);
    expect(peer.server.isPaused).toBe(true);
    // 200 MB of answers were asked for; the kernel took some, this process holds what fits below the mark and a little more.
    expect(peer.server.bufferedAmount).toBeLessThan(HIGH_WATER_BYTES + 2_000_000);
    expect(asked).toBeLessThan(500);
    const closed = once(peer.client, 'close');
    line.resume();
    expect((await closed)[0]).toBe(CloseCode.TooSlow);
  });

  it('is closed after the deadline, and told why when it reads again', async () => {
    const peer = await dial({ deadlineMs: 50 });
    const line = (peer.client as unknown as { _socket: { pause(): void; resume(): void } })._socket;
    line.pause();
    await subscribe(peer, { query: LARGE });
    for (let i = 0; i < 60; i++) await write(20, 20_000);
    await expect.poll(() => peer.server.readyState, { timeout: 20_000 }).toBe(WebSocket.CLOSING);
    const closed = once(peer.client, 'close');
    line.resume();
    expect((await closed)[0]).toBe(CloseCode.TooSlow);
  });
});
