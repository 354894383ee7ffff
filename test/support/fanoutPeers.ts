import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parse } from 'graphql';
import { expect } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Actor } from '../../src/domain/actor.js';
import { createLoaders } from '../../src/graphql/loaders.js';
import { Fanout } from '../../src/http/fanout/fanout.js';
import { Outlet } from '../../src/http/fanout/outlet.js';
import { SocketRights } from '../../src/http/socketRights.js';
import { TokenWatch } from '../../src/http/tokenWatch.js';
import type { Feed } from '../../src/ports.js';
import { openSchemaRegistry, type SchemaRegistry } from './graphql.js';

export const EVENTS = 'subscription ($after: Cursor) { events(after: $after) { seq type } }';
export const ADMIN: Actor = { name: 'a', role: 'ADMIN', models: null, tokenId: null };

interface Result {
  readonly id: string;
  readonly payload: { readonly data: { readonly champion?: { version: string } | null; readonly evaluationProgress?: unknown } };
}

/** Both ends of one socket. */
export class FanoutPeer {
  readonly seqs: number[] = [];
  readonly results: Result[] = [];
  readonly closed: Promise<number>;
  constructor(
    readonly client: WebSocket,
    readonly server: WebSocket,
    readonly outlet: Outlet,
  ) {
    client.on('message', (data) => {
      const message = JSON.parse(String(data));
      this.results.push(message);
      if (message.payload.data?.events) this.seqs.push(message.payload.data.events.seq);
    });
    this.closed = new Promise((resolve) => client.once('close', resolve));
  }
}

export interface Wish {
  readonly actor?: Actor;
  readonly query?: string;
  readonly after?: string | null;
}

export interface DialWish {
  readonly deadlineMs?: number;
  /** Whose rights the socket lives by; left out: it lives for ever. */
  readonly bearer?: Actor;
  readonly now?: () => number;
}

/** The fan-out over a real registry and real sockets, without a server and its protocol in between. */
export interface FanoutPeers {
  readonly registry: SchemaRegistry;
  readonly fanout: Fanout;
  readonly watch: TokenWatch;
  dial(wish?: DialWish): Promise<FanoutPeer>;
  subscribe(peer: FanoutPeer, wish?: Wish): Promise<AsyncIterableIterator<unknown>>;
  /** Appends that many events in one transaction. */
  write(count: number, bytes?: number): Promise<void>;
  close(): Promise<void>;
}

/** `watched`: the feed as the watch over tokens gets to see it. */
export async function openFanoutPeers(watched: (feed: Feed) => Feed = (feed) => feed): Promise<FanoutPeers> {
  const registry = await openSchemaRegistry();
  const { deps, schema, feed } = registry;
  const onError = (error: unknown): void => expect.fail(String(error));
  const watch = await TokenWatch.start({ feed: watched(feed), reads: deps.store.reads, onError });
  const fanout = new Fanout({ ...registry, watch }, (formatted) => formatted);
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(sockets, 'listening');
  const peers: FanoutPeer[] = [];
  const streams: AsyncIterableIterator<unknown>[] = [];
  return {
    registry,
    fanout,
    watch,
    async dial({ deadlineMs = 60_000, bearer, now = Date.now } = {}) {
      const opened = once(sockets, 'connection') as Promise<[WebSocket]>;
      const client = new WebSocket(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`);
      const [server] = await opened;
      if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
      const rights = new SocketRights(server, now);
      if (bearer !== undefined) rights.grant(bearer, watch);
      server.once('close', () => rights.forget());
      const peer = new FanoutPeer(client, server, new Outlet(server, deadlineMs, rights));
      peers.push(peer);
      return peer;
    },
    async subscribe({ outlet }, { actor = ADMIN, query = EVENTS, after = null } = {}) {
      const contextValue = { actor, deps, feed, loaders: createLoaders(deps.store.reads) };
      const args = { schema, document: parse(query), query, operationName: null, variableValues: { after }, contextValue, id: 'x', outlet };
      const stream = await fanout.subscribe(args);
      if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
      streams.push(stream);
      void (async () => {
        for await (const payload of stream) await outlet.reply(JSON.stringify({ id: 'x', type: 'next', payload }));
      })();
      return stream;
    },
    write: (count, bytes = 1) =>
      deps.store.inTransaction(async (tx) => {
        const data = { filler: 'x'.repeat(bytes) };
        for (let i = 0; i < count; i++) await tx.append({ type: 'POLICY_CHANGED', at: i, actor: 'a', model: null, data });
      }),
    async close() {
      for (const { client } of peers) client.terminate();
      for (const stream of streams) await stream.return?.();
      sockets.close();
      await watch.end();
      feed.close();
      await registry.close();
    },
  };
}
