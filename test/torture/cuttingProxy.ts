import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pause, type Seeded } from './seeded.js';

/** One client connection and the one to the server that it goes on to. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Set: the next bytes from the server are broken off in their middle, and the connection with them. */
  truncate: boolean;
}

/** A TCP proxy that breaks connections: at once, in the middle of a message, or after a silence. Its port outlives the server's. */
export class CuttingProxy {
  /** Port of the server behind; null: there is none, and who comes is turned away. */
  upstream: number | null = null;
  cuts = 0;
  private readonly pairs = new Set<Pair>();
  private readonly listener = createServer((client) => this.accept(client));

  async listen(): Promise<string> {
    this.listener.listen(0, '127.0.0.1');
    await once(this.listener, 'listening');
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Breaks one connection, if there is any. */
  async cut(random: Seeded): Promise<void> {
    const pair = random.pick([...this.pairs]);
    if (pair === undefined) return;
    this.cuts += 1;
    const way = random.below(3);
    if (way === 0) end(pair);
    else if (way === 1) pair.truncate = true;
    else {
      pair.server.pause();
      await pause(random.real(10, 300));
      end(pair);
    }
  }

  close(): void {
    this.listener.close();
    for (const pair of this.pairs) end(pair);
  }

  private accept(client: Socket): void {
    client.on('error', () => undefined);
    if (this.upstream === null) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.upstream, '127.0.0.1');
    server.on('error', () => undefined);
    const pair: Pair = { client, server, truncate: false };
    this.pairs.add(pair);
    const gone = (): void => {
      this.pairs.delete(pair);
      end(pair);
    };
    client.on('close', gone);
    server.on('close', gone);
    client.pipe(server);
    server.on('data', (bytes) => this.forward(pair, bytes));
    client.on('drain', () => server.resume());
  }

  private forward(pair: Pair, bytes: Buffer): void {
    if (pair.truncate) {
      pair.client.write(bytes.subarray(0, bytes.length >>> 1), () => end(pair));
      pair.server.pause();
    } else if (!pair.client.write(bytes)) pair.server.pause();
  }
}

function end({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}
