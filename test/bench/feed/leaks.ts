import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { loadConfig } from '../../../src/config.js';
import { startServer } from '../../../src/main.js';

const CONNECTIONS = 20_000;
const AT_ONCE = 100;
const QUERY = 'subscription ($after: Cursor) { events(after: $after) { seq } }';

/** One connection of its own, with a subscription; gone without a word, or after saying so. */
async function comeAndGo(url: string, politely: boolean): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: 's', type: 'subscribe', payload: { query: QUERY, variables: { after: '' } } }));
  await once(socket, 'message');
  const closed = once(socket, 'close');
  if (politely) socket.close(1000);
  else socket.terminate();
  await closed;
}

function heap(): number {
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Connects and disconnects; what is open afterwards, and how much the heap has grown since the first tenth. */
export async function benchLeaks(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  const server = await startServer(
    loadConfig({ JUARA_HOME: home, JUARA_PORT: '0', JUARA_LOG_LEVEL: 'error', JUARA_MAX_SOCKETS_PER_ADDRESS: '1000' }),
  );
  // The server follows its own log too.
  const own = server.subscriptions();
  try {
    let before = 0;
    for (let done = 0; done < CONNECTIONS; done += AT_ONCE) {
      if (done === CONNECTIONS / 10) before = heap();
      await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => comeAndGo(server.url, i % 2 === 0)));
    }
    while (server.subscriptions() > own) await setImmediate();
    const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
    console.table([
      {
        connections: CONNECTIONS,
        'still open': server.subscriptions() - own,
        'listeners on the process': listeners,
        'heap before (MiB)': before.toFixed(1),
        'heap after (MiB)': heap().toFixed(1),
      },
    ]);
  } finally {
    await server.stop();
    await rm(home, { recursive: true });
  }
}
