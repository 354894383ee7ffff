import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type * as GraphQL from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer as serveSockets } from 'graphql-ws/use/ws';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createClient, type RegistryEvent, type WatchOptions } from '../../src/client/index.js';
import { signCheckpoint } from '../../src/domain/checkpoint.js';
import { eventHash, genesisHash } from '../../src/domain/event.js';

// The copy that graphql-ws loads; vitest would take graphql's other build, and the two don't know each other's classes.
const { buildSchema, GraphQLError, graphql } = createRequire(import.meta.url)('graphql') as typeof GraphQL;

/** The part of the contract that `watch` uses, served by graphql-js and graphql-ws from an array. */
const SCHEMA = buildSchema(`
  scalar JSON scalar Cursor
  type Version { version: String! modelId: String! }
  type Decision { id: ID! outcome: String! summary: String! }
  interface RegistryEvent { cursor: Cursor! seq: Float! type: String! at: String! actor: String! model: String hash: String! payload: JSON! }
  type PromotionEvent implements RegistryEvent {
    cursor: Cursor! seq: Float! type: String! at: String! actor: String! model: String hash: String! payload: JSON!
    from: Version to: Version! reason: String! decision: Decision revision: Int!
  }
  type GenericEvent implements RegistryEvent {
    cursor: Cursor! seq: Float! type: String! at: String! actor: String! model: String hash: String! payload: JSON! data: JSON!
  }
  type Checkpoint { seq: Float! hash: String! at: String! publicKey: String! signature: String! cursor: Cursor! registry: ID! }
  type EventConnection { nodes: [RegistryEvent!]! endCursor: Cursor! hasNextPage: Boolean! }
  input EventFilter { model: String types: [String!] }
  type Query { checkpoint: Checkpoint! events(filter: EventFilter, after: Cursor, first: Int): EventConnection! }
  type Subscription { events(filter: EventFilter, after: Cursor): RegistryEvent! }
`);

interface Arguments {
  readonly after?: string | null;
  readonly filter?: { readonly model?: string | null } | null;
}

interface Logged {
  readonly seq: number;
  readonly hash: string;
}

const AT = '2026-02-09T13:00:19.864Z';
const KEY = generateKeyPairSync('ed25519').privateKey;

class TinyRegistry {
  readonly log: Logged[] = [];
  readonly asked: Arguments[] = [];
  /** Sends so many events again that the cursor says were handled. */
  repeats = 0;
  /** Ends each subscription after so many events, as a server that stops does. */
  completesAfter = Number.POSITIVE_INFINITY;
  refuses: GraphQL.GraphQLError | null = null;
  admits = true;
  port = 0;
  private http: Server | null = null;
  private readonly sockets = new Set<WebSocket>();
  private readonly waiting = new Set<() => void>();

  private get hash(): string {
    return this.log.at(-1)?.hash ?? genesisHash('tiny');
  }

  private checkpoint(): object {
    const signed = signCheckpoint(KEY, { seq: this.log.length, hash: this.hash }, Date.parse(AT));
    return { ...signed, at: AT, cursor: `c${signed.seq}`, registry: 'tiny' };
  }

  get socketCount(): number {
    return this.sockets.size;
  }

  append(count = 1, model = 'm'): void {
    for (let i = 0; i < count; i++) {
      const seq = this.log.length + 1;
      const hashed = { seq, actor: 'a', model, type: 'VERSION_TAGGED' as const, data: {} };
      const hash = eventHash(this.hash, { ...hashed, at: Date.parse(AT) });
      this.log.push({ ...hashed, hash, at: AT, cursor: `c${seq}`, payload: {}, __typename: 'GenericEvent' } as Logged);
    }
    for (const wake of this.waiting) wake();
  }

  async start(): Promise<void> {
    const rootValue = {
      checkpoint: () => this.checkpoint(),
      events: ({ after, first }: { after: string; first: number }) => {
        const from = Number(after.slice(1));
        return { nodes: this.log.slice(from, from + first), endCursor: `c${from + first}`, hasNextPage: false };
      },
    };
    const http = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; variables: Record<string, unknown> };
      response.end(JSON.stringify(await graphql({ schema: SCHEMA, source: query, rootValue, variableValues: variables })));
    });
    const wss = new WebSocketServer({ server: http, path: '/graphql' });
    wss.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    serveSockets(
      {
        schema: SCHEMA,
        roots: { subscription: { events: (args: Arguments) => this.subscribe(args) } },
        onConnect: ({ connectionParams, extra }) => {
          if (connectionParams?.authorization !== 'Bearer right') extra.socket.close(CloseCode.Unauthorized, 'the token is unknown here');
        },
      },
      wss,
    );
    await new Promise<void>((resolve) => http.listen(this.port, '127.0.0.1', resolve));
    this.port = (http.address() as AddressInfo).port;
    this.http = http;
  }

  /** No goodbye, as when a cable is pulled or the process is killed. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  /** The sockets stay open, and nothing that comes in is read. */
  freeze(): void {
    for (const socket of this.sockets) socket.pause();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => (this.http === null ? resolve(null) : this.http.close(resolve)));
    this.http = null;
  }

  private async *subscribe(args: Arguments): AsyncGenerator<{ events: object }> {
    this.asked.push(args);
    if (this.refuses !== null) throw this.refuses;
    const after = args.after ?? `c${this.log.length}`;
    const from = after === '' ? 0 : Number(after.slice(1));
    let at = Math.max(0, from - this.repeats);
    for (let sent = 0; sent < this.completesAfter; sent++) {
      while (at >= this.log.length) {
        await new Promise<void>((resolve) => {
          this.waiting.add(resolve);
        });
      }
      yield { events: this.log[at++] as Logged };
    }
  }
}

const FAST = { backoff: { baseMs: 1, maxMs: 20 } };
const registries: TinyRegistry[] = [];

async function started(events = 0): Promise<TinyRegistry> {
  const registry = new TinyRegistry();
  registries.push(registry);
  registry.append(events);
  await registry.start();
  return registry;
}

function watch(registry: TinyRegistry, options: WatchOptions = {}, token = 'right'): AsyncIterableIterator<RegistryEvent> {
  return createClient({ url: `http://127.0.0.1:${registry.port}`, token }).watch({ ...FAST, ...options });
}

async function take(events: AsyncIterableIterator<RegistryEvent>, count: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.length < count) {
    const { value, done } = await events.next();
    if (done === true) break;
    seqs.push(value.seq);
  }
  return seqs;
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.stop();
});

describe('watch', () => {
  it('gives every event behind the cursor, in order', async () => {
    const registry = await started(5);
    const events = watch(registry, { after: 'c2' });
    expect(await take(events, 3)).toEqual([3, 4, 5]);
    registry.append();
    expect(await take(events, 1)).toEqual([6]);
    await events.return?.();
  });

  it('begins with the first event for an empty cursor', async () => {
    const events = watch(await started(2), { after: '' });
    expect(await take(events, 2)).toEqual([1, 2]);
    await events.return?.();
  });

  it('goes on from the last event when the connection is cut, with nothing left out and nothing twice', async () => {
    const registry = await started(3);
    const events = watch(registry, { after: '' });
    expect(await take(events, 3)).toEqual([1, 2, 3]);
    for (let round = 0; round < 5; round++) {
      registry.cut();
      registry.append(2);
      const last = 3 + 2 * (round + 1);
      expect(await take(events, 2)).toEqual([last - 1, last]);
    }
    expect(registry.asked.map((a) => a.after)).toEqual(['', 'c3', 'c5', 'c7', 'c9', 'c11']);
    await events.return?.();
  });

  it('waits for a server that is down and goes on when it is back', async () => {
    const registry = await started(2);
    let retries = 0;
    const onRetry = (): void => {
      retries++;
    };
    const events = watch(registry, { after: '', onRetry });
    expect(await take(events, 2)).toEqual([1, 2]);
    await registry.stop();
    const next = take(events, 2);
    await vi.waitUntil(() => retries >= 3);
    registry.append(2);
    await registry.start();
    expect(await next).toEqual([3, 4]);
    await events.return?.();
  });

  it('leaves out what a server sends again', async () => {
    const registry = await started(4);
    registry.repeats = 3;
    const events = watch(registry, { after: '' });
    expect(await take(events, 4)).toEqual([1, 2, 3, 4]);
    registry.cut();
    registry.append(2);
    expect(await take(events, 2)).toEqual([5, 6]);
    await events.return?.();
  });

  it('without a cursor begins now, and loses no event when the connection is lost before the first one', async () => {
    const registry = await started(3);
    const events = watch(registry);
    const next = take(events, 2);
    await vi.waitUntil(() => registry.asked.length === 1);
    registry.cut();
    registry.append(2);
    expect(await next).toEqual([4, 5]);
    await events.return?.();
  });

  it('subscribes again when the server ends the subscription', async () => {
    const registry = await started(6);
    registry.completesAfter = 2;
    const events = watch(registry, { after: '' });
    expect(await take(events, 6)).toEqual(upTo(1, 6));
    expect(registry.asked.length).toBeGreaterThanOrEqual(3);
    await events.return?.();
  });

  it('reports a cursor when the consumer comes back, not before', async () => {
    const seen: string[] = [];
    const onCursor = async (cursor: string): Promise<void> => {
      seen.push(cursor);
    };
    const events = watch(await started(3), { after: '', onCursor });
    await events.next();
    expect(seen).toEqual([]);
    await events.next();
    expect(seen).toEqual(['c1']);
    await events.return?.();
    expect(seen).toEqual(['c1']);
  });

  it('costs a cursor and not memory when the consumer is slow', async () => {
    const registry = await started(2500);
    const events = watch(registry, { after: '' });
    const first = await take(events, 1);
    // The server runs ahead until the buffer is full; then the subscription ends, although nobody takes anything.
    await vi.waitUntil(() => registry.socketCount === 0);
    expect([...first, ...(await take(events, 2499))]).toEqual(upTo(1, 2500));
    expect(registry.asked.length).toBeGreaterThan(1);
    await events.return?.();
  });

  it('finds a connection that died without a word', async () => {
    const registry = await started(1);
    const events = watch(registry, { after: '', keepAliveMs: 30 });
    expect(await take(events, 1)).toEqual([1]);
    registry.freeze();
    const next = take(events, 1);
    await vi.waitUntil(() => registry.asked.length === 2);
    registry.append();
    expect(await next).toEqual([2]);
    await events.return?.();
  });

  it.each(['CURSOR_AHEAD', 'CURSOR_FOREIGN', 'CURSOR_INVALID', 'FORBIDDEN'])('throws %s', async (code) => {
    const registry = await started(1);
    registry.refuses = new GraphQLError('no', { extensions: { code, details: { head: 1 } } });
    await expect(watch(registry, { after: 'c9' }).next()).rejects.toMatchObject({ code, message: 'no', details: { head: 1 } });
    expect(registry.asked).toHaveLength(1);
  });

  it('throws UNAUTHENTICATED for a socket closed with 4401', async () => {
    const error = watch(await started(1), { after: '' }, 'wrong').next();
    await expect(error).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'the token is unknown here' });
  });

  it('tries again after a fault of the server', async () => {
    const registry = await started(1);
    registry.refuses = new GraphQLError('oops', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    const events = watch(registry, { after: '' });
    const next = take(events, 1);
    await vi.waitUntil(() => registry.asked.length >= 2);
    registry.refuses = null;
    expect(await next).toEqual([1]);
    await events.return?.();
  });

  it('ends at once when it is returned while it waits, and closes its socket', async () => {
    const registry = await started();
    const events = watch(registry, { after: '' });
    const next = events.next();
    await vi.waitUntil(() => registry.asked.length === 1);
    await events.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    await vi.waitUntil(() => registry.socketCount === 0);
  });

  it('ends quietly when the signal fires, also while the server is down', async () => {
    const registry = await started();
    await registry.stop();
    const stop = new AbortController();
    const events = watch(registry, {
      after: '',
      signal: stop.signal,
      backoff: { baseMs: 60_000, maxMs: 60_000 },
      onRetry: () => stop.abort(),
    });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});
