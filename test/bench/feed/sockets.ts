import WebSocket from 'ws';

/** The listening side of the feed bench: a process of its own, so that the server's core is the server's. */
interface Order {
  readonly kind: 'open';
  readonly url: string;
  readonly count: number;
  /** Documents, used in turn; empty: a bare ws server, which only sends. */
  readonly documents: readonly string[];
  /** Cursor before the last event, which each subscriber therefore gets at once: the sign that it is subscribed. */
  readonly after: string;
}

const sockets: WebSocket[] = [];
let received = 0;
let expected = 0;
let arrivals: number[] = [];

process.on('message', (message: Order | { kind: 'expect'; events: number } | { kind: 'close' }) => {
  if (message.kind === 'open') void openAll(message).then(() => process.send?.({ kind: 'opened' }));
  else if (message.kind === 'expect') {
    received = 0;
    arrivals = [];
    expected = message.events * sockets.length;
    process.send?.({ kind: 'armed' });
  } else {
    for (const socket of sockets) socket.terminate();
    sockets.length = 0;
    process.send?.({ kind: 'closed' });
  }
});

async function openAll({ url, count, documents, after }: Order): Promise<void> {
  const protocols = documents.length > 0 ? ['graphql-transport-ws'] : [];
  for (let start = 0; start < count; start += 200) {
    const batch = Array.from({ length: Math.min(200, count - start) }, (_, i) => openOne(url, protocols, documents, after, start + i));
    sockets.push(...(await Promise.all(batch)));
  }
}

function openOne(url: string, protocols: string[], documents: readonly string[], after: string, index: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, { perMessageDeflate: false, skipUTF8Validation: true });
    socket.on('error', reject);
    const query = documents[index % documents.length];
    if (query === undefined) socket.on('open', () => listen(socket, resolve));
    else {
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.once('message', () => {
        socket.send(
          JSON.stringify({
            id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
            type: 'subscribe',
            payload: { query, variables: { after } },
          }),
        );
        socket.once('message', () => listen(socket, resolve));
      });
    }
  });
}

function listen(socket: WebSocket, ready: (socket: WebSocket) => void): void {
  socket.on('message', () => {
    received += 1;
    if (received % 16 === 0 || received === expected) arrivals.push(performance.timeOrigin + performance.now());
    if (received === expected) process.send?.({ kind: 'all', at: arrivals.at(-1) });
  });
  ready(socket);
}
