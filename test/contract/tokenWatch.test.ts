import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Actor } from '../../src/domain/actor.js';
import type { JuaraError } from '../../src/domain/errors.js';
import { createAuthenticate } from '../../src/http/authenticate.js';
import { CloseCode } from '../../src/http/closeCodes.js';
import { FailedLogins } from '../../src/http/login/failedLogins.js';
import { ownTokens } from '../../src/http/login/ownTokens.js';
import type { Feed, Follower } from '../../src/ports.js';
import { createToken } from '../../src/usecases/createToken.js';
import { revokeToken } from '../../src/usecases/revokeToken.js';
import { type UpdateTokenInput, updateToken } from '../../src/usecases/updateToken.js';
import { aBenchmark, anEvaluation } from '../support/evidenceRecords.js';
import { ADMIN, type FanoutPeer, type FanoutPeers, openFanoutPeers } from '../support/fanoutPeers.js';

/** Lets the watch over tokens see the log as late as a test wants. */
class Gate {
  private open = true;
  private waiting: (() => void)[] = [];

  readonly watched = (feed: Feed): Feed => ({ ...feed, follow: async (filter, after) => this.slow(await feed.follow(filter, after)) });

  shut(): void {
    this.open = false;
  }

  lift(): void {
    this.open = true;
    for (const go of this.waiting.splice(0)) go();
  }

  private slow(follower: Follower): Follower {
    const next: Follower['next'] = async () => {
      const step = await follower.next();
      if (!this.open) await new Promise<void>((resolve) => this.waiting.push(resolve));
      return step;
    };
    return new Proxy(follower, {
      get: (target, key) => {
        const value = Reflect.get(target, key, target);
        if (key === 'next') return next;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}

let gate: Gate;
let peers: FanoutPeers;
let id: string;
let secret: string;
let bearer: Actor;
let head: number;
beforeEach(async () => {
  gate = new Gate();
  peers = await openFanoutPeers(gate.watched);
  const created = await createToken(peers.registry.deps, ADMIN, { name: 't', role: 'VIEWER' });
  ({ id } = created.token);
  ({ secret } = created);
  await createToken(peers.registry.deps, ADMIN, { name: 'root', role: 'ADMIN' });
  bearer = { name: 't', role: 'VIEWER', models: null, tokenId: id, expiresAt: null };
  head = (await peers.registry.deps.store.reads.head()).seq;
});
afterEach(async () => {
  gate.lift();
  await peers.close();
});

/** What is on its way to the peer by now has come; a leak would have had every chance. */
async function settle({ client }: FanoutPeer): Promise<void> {
  for (let i = 0; i < 30; i++) {
    client.ping();
    await once(client, 'pong');
    // Writes wait for the disk, and with them everything that was to be read before.
    await peers.registry.deps.store.reads.head();
  }
}

const revoke = (): Promise<boolean> => revokeToken(peers.registry.deps, ADMIN, { id });
const change = (input: Omit<UpdateTokenInput, 'id'>): Promise<unknown> => updateToken(peers.registry.deps, ADMIN, { id, ...input });
const received = (peer: FanoutPeer, seqs: number[]) => expect.poll(() => peer.seqs, { timeout: 10_000 }).toEqual(seqs);
const seqs = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('however late the end of a token is seen, nothing behind it in the log is sent', () => {
  it.each([
    ['a revocation', revoke],
    ['another role', () => change({ role: 'OPERATOR' })],
    ['other models', () => change({ models: ['m'] })],
  ])('%s: to a live subscription', async (_, end) => {
    const [ends, stays] = [await peers.dial({ bearer }), await peers.dial()];
    for (const peer of [ends, stays]) await peers.subscribe(peer, { actor: bearer });
    await peers.write(2);
    await received(ends, [head + 1, head + 2]);
    gate.shut();
    await end();
    await peers.write(3);
    gate.lift();
    expect(await ends.closed).toBe(CloseCode.Forbidden);
    expect(ends.seqs).toEqual([head + 1, head + 2]);
    await received(stays, seqs(head + 1, head + 6));
  });

  it('to one that begins in the past, served from the log', async () => {
    const [ends, other] = [await peers.dial({ bearer }), await peers.dial()];
    await peers.subscribe(other, { actor: bearer });
    await peers.write(1);
    await received(other, [head + 1]);
    gate.shut();
    await revoke();
    await peers.write(300);
    await peers.subscribe(ends, { actor: bearer, after: '' });
    await received(ends, seqs(1, head + 1));
    await settle(ends);
    gate.lift();
    expect(await ends.closed).toBe(CloseCode.Forbidden);
    expect(ends.seqs).toEqual(seqs(1, head + 1));
  });

  it('to one that asks for the champion, which is no event at first', async () => {
    await peers.registry.run(ADMIN, 'mutation { createModel(input: { name: "m" }) { name } }');
    const [ends, stays] = [await peers.dial({ bearer }), await peers.dial()];
    gate.shut();
    await revoke();
    const wish = { actor: bearer, query: 'subscription { champion(model: "m") { version } }' };
    for (const peer of [ends, stays]) await peers.subscribe(peer, wish);
    gate.lift();
    expect(await ends.closed).toBe(CloseCode.Forbidden);
    expect(ends.results).toEqual([]);
    await expect.poll(() => stays.results.length).toBe(1);
  });

  it('to one that does not follow the log', async () => {
    const { deps } = peers.registry;
    await peers.registry.run(ADMIN, 'mutation { createModel(input: { name: "m" }) { name } }');
    await peers.registry.run(ADMIN, 'mutation { registerVersion(input: { model: "m", version: "1.0.0" }) { version } }');
    await deps.store.inTransaction(async (tx) => {
      await tx.insertBenchmark(aBenchmark('b'));
      await tx.insertEvaluation(anEvaluation('e', 'm', '1.0.0', 'b'));
    });
    const [ends, stays] = [await peers.dial({ bearer }), await peers.dial()];
    const wish = { actor: bearer, query: 'subscription { evaluationProgress(id: "e") { progress } }' };
    for (const peer of [ends, stays]) {
      await peers.subscribe(peer, wish);
      await expect.poll(() => peer.results.length).toBe(1);
    }
    gate.shut();
    await revoke();
    await deps.store.inTransaction((tx) => tx.updateEvaluation('e', { progress: 0.5 }));
    deps.board.changed('e');
    await settle(ends);
    gate.lift();
    expect(await ends.closed).toBe(CloseCode.Forbidden);
    expect(ends.results).toHaveLength(1);
    await expect.poll(() => stays.results.length).toBe(2);
  });
});

describe('a change between the look at the token and the watch over it is not missed', () => {
  it.each([
    ['a revocation', revoke, 'UNAUTHENTICATED'],
    ['another role', () => change({ role: 'OPERATOR' }), 'OPERATOR'],
  ])('%s', async (_, end, outcome) => {
    const { reads } = peers.registry.deps.store;
    let looks = 0;
    const tokenByHash = async (hash: string) => {
      const row = await reads.tokenByHash(hash);
      looks += 1;
      if (looks === 1) {
        await end();
        await peers.watch.caughtUp();
      }
      return row;
    };
    const failedLogins = new FailedLogins(0, { warn: () => undefined });
    const authenticate = createAuthenticate({ own: ownTokens({ tokenByHash }, Date.now), oidc: null, failedLogins, anonymous: null });
    const login = { authorization: `Bearer ${secret}`, address: '127.0.0.1' };
    const admitted = peers.watch.admit(authenticate, login, (actor) => actor?.role);
    expect(await admitted.catch((error: JuaraError) => error.code)).toBe(outcome);
    expect(looks).toBe(2);
  });
});

describe('what leaves the rights as they are leaves the socket open', () => {
  it('another name, a later end, and rights that were granted with the change already', async () => {
    gate.shut();
    await change({ role: 'OPERATOR' });
    const peer = await peers.dial({ bearer: { ...bearer, role: 'OPERATOR' } });
    await change({ name: 'other' });
    await change({ expiresAt: Date.now() + 3_600_000 });
    gate.lift();
    await peers.subscribe(peer, { actor: bearer });
    await peers.write(1);
    await received(peer, [head + 4]);
    expect(peer.server.readyState).toBe(WebSocket.OPEN);
  });
});

describe('expiry', () => {
  it('counts from its instant on, also where the timer has not run yet', async () => {
    const expiresAt = Date.now() + 3_600_000;
    let now = expiresAt - 3_600_000;
    const [ends, stays] = [await peers.dial({ bearer: { ...bearer, expiresAt }, now: () => now }), await peers.dial()];
    for (const peer of [ends, stays]) await peers.subscribe(peer, { actor: bearer });
    await peers.write(1);
    for (const peer of [ends, stays]) await received(peer, [head + 1]);
    now = expiresAt - 1;
    await peers.write(1);
    await received(ends, [head + 1, head + 2]);
    now = expiresAt;
    await peers.write(1);
    await received(stays, [head + 1, head + 2, head + 3]);
    await settle(ends);
    expect(ends.seqs).toEqual([head + 1, head + 2]);
  });

  it('closes a socket by itself, without a token of ours too, and on which nothing happens', async () => {
    const peer = await peers.dial({ bearer: { ...bearer, tokenId: null, expiresAt: Date.now() + 50 } });
    expect(await peer.closed).toBe(CloseCode.Forbidden);
  });

  it('may lie further away than a timer reaches', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error): number => warnings.push(warning);
    process.on('warning', hear);
    const peer = await peers.dial({ bearer: { ...bearer, expiresAt: Date.now() + 2 ** 31 + 1_000 } });
    await peers.subscribe(peer, { actor: bearer });
    await peers.write(1);
    await received(peer, [head + 1]);
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it('that is brought forward counts for open sockets', async () => {
    const peer = await peers.dial({ bearer });
    await change({ expiresAt: Date.now() + 200 });
    expect(await peer.closed).toBe(CloseCode.Forbidden);
  });
});
