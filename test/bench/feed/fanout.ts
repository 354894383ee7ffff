import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';
import { loadConfig } from '../../../src/config.js';
import { formatCursor } from '../../../src/domain/cursor.js';
import { type RunningServer, startServer } from '../../../src/main.js';
import { benchLeaks } from './leaks.js';

/** Fan-out of events to many sockets against a bare ws server that broadcasts the same bytes; both to one listening process. */
const EVENTS = 30;
const operation = (n: number): string =>
  `subscription Op${n}($after: Cursor) { events(after: $after) { seq type at actor model hash ... on PromotionEvent { reason revision to { modelId version status } } } }`;

class Listeners {
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('./sockets.js', import.meta.url)));

  ask(message: object, answer: string): Promise<{ at?: number }> {
    const reply = this.answer(answer);
    this.child.send(message);
    return reply;
  }

  answer(kind: string): Promise<{ at?: number }> {
    return new Promise((resolve) => {
      const hear = (message: { kind: string; at?: number }): void => {
        if (message.kind !== kind) return;
        this.child.off('message', hear);
        resolve(message);
      };
      this.child.on('message', hear);
    });
  }

  stop(): void {
    this.child.kill();
  }
}

const now = (): number => performance.timeOrigin + performance.now();
const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0;

/** `send` answers with the instant of the commit (or of the first send). Milliseconds from there to the last socket's having it, for each of EVENTS broadcasts. */
async function broadcasts(listeners: Listeners, send: () => Promise<number> | number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < EVENTS + 5; i++) {
    await listeners.ask({ kind: 'expect', events: 1 }, 'armed');
    const all = listeners.answer('all');
    const start = await send();
    const { at = 0 } = await all;
    if (i >= 5) times.push(at - start);
  }
  return times;
}

async function heap(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function bare(listeners: Listeners, count: number, bytes: string): Promise<{ times: number[]; memory: number }> {
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const before = await heap();
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  await listeners.ask({ kind: 'open', url, count, documents: [], after: '' }, 'opened');
  const memory = ((await heap()) - before) / count;
  const times = await broadcasts(listeners, () => {
    const start = now();
    for (const socket of server.clients as Set<WebSocket>) socket.send(bytes);
    return start;
  });
  await listeners.ask({ kind: 'close' }, 'closed');
  server.close();
  http.close();
  return { times, memory };
}

interface Ours {
  readonly server: RunningServer;
  readonly write: () => Promise<number>;
}

async function ours(
  listeners: Listeners,
  { server, write }: Ours,
  count: number,
  distinct: number,
): Promise<{ times: number[]; memory: number }> {
  const before = await heap();
  const documents = Array.from({ length: distinct }, (_, n) => operation(n));
  await listeners.ask(
    { kind: 'open', url: `${server.url.replace('http', 'ws')}/graphql`, count, documents, after: await lastButOne(server) },
    'opened',
  );
  const memory = ((await heap()) - before) / count;
  const times = await broadcasts(listeners, write);
  await listeners.ask({ kind: 'close' }, 'closed');
  return { times, memory };
}

async function main(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  const env = { JUARA_HOME: home, JUARA_PORT: '0', JUARA_MAX_SOCKETS_PER_ADDRESS: '20000', JUARA_LOG_LEVEL: 'error' };
  const server = await startServer(loadConfig(env));
  const { write, sample } = await writer(server, home);
  const listeners = new Listeners();
  console.log('sockets  operations  bare ws median   Juara median  ratio   bare p99  Juara p99  ratio   bytes a subscriber above bare ws');
  for (const count of (process.argv[3] ?? '2000,8000').split(',').map(Number)) {
    const base = await bare(listeners, count, sample);
    for (const distinct of [1, 100]) {
      const mine = await ours(listeners, { server, write }, count, distinct);
      const [b, m, bp, mp] = [quantile(base.times, 0.5), quantile(mine.times, 0.5), quantile(base.times, 0.99), quantile(mine.times, 0.99)];
      const cells = [
        count,
        distinct,
        `${b.toFixed(1)} ms`,
        `${m.toFixed(1)} ms`,
        (b / m).toFixed(2),
        `${bp.toFixed(1)} ms`,
        `${mp.toFixed(1)} ms`,
        (mp / bp).toFixed(2),
        (mine.memory - base.memory).toFixed(0),
      ];
      console.log(cells.map((c, i) => String(c).padStart([7, 10, 14, 14, 6, 10, 10, 6, 10][i] ?? 8)).join('  '));
    }
  }
  listeners.stop();
  await server.stop();
  await rm(home, { recursive: true });
}

/** Writes one change of champion to the log, and the message that each of them becomes. */
async function writer(server: RunningServer, home: string) {
  const token = (await readFile(join(home, 'admin.token'), 'utf8')).trim();
  const send = async (query: string): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
  };
  await send('mutation { createModel(input: { name: "m" }) { name } }');
  await send('mutation { registerVersion(input: { model: "m", version: "1.0.0" }) { version } }');
  await send('mutation { registerVersion(input: { model: "m", version: "1.0.1" }) { version } }');
  await send('mutation { promote(input: { model: "m", version: "1.0.0" }) { outcome } }');
  await send('mutation { promote(input: { model: "m", version: "1.0.1", overrideReason: "bench" }) { outcome } }');
  const sample = `{"id":"00000000-0000-4000-8000-000000000000","type":"next","payload":{"data":{"events":{"seq":10,"type":"ROLLED_BACK","at":"2026-02-09T13:00:19.864Z","actor":"admin","model":"m","hash":"${'a'.repeat(64)}","reason":"bench","revision":10,"to":{"modelId":"m_v1.0.1","version":"1.0.1","status":"CHAMPION"}}}}}`;
  const { store } = server.deps;
  let committedAt = 0;
  store.onCommit(() => {
    committedAt = now();
  });
  const write = async (): Promise<number> => {
    const data = { from: '1.0.0', to: '1.0.1', reason: 'bench', decision: null, revision: 10 };
    await store.inTransaction((tx) => tx.append({ type: 'ROLLED_BACK', at: Date.now(), actor: 'admin', model: 'm', data }));
    return committedAt;
  };
  return { write, sample };
}

async function lastButOne({ deps }: RunningServer): Promise<string> {
  const { registryId, seq } = await deps.store.reads.head();
  return formatCursor(registryId, seq - 1, (await deps.store.reads.event(seq - 1))?.hash ?? '');
}

await main();
await benchLeaks();
