import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** seq of the event in it. */
  readonly seq: number;
}

/** What the receiver does with a request; without an answer from here it says 204. */
export type Behaviour = (request: Received, response: ServerResponse) => void | Promise<void>;

export interface Receiver {
  readonly url: string;
  /** In order of arrival, whatever was answered. */
  readonly requests: readonly Received[];
  behave(behaviour: Behaviour): void;
  /** Resolves when the condition holds of what has arrived; it is looked at after each answer. */
  until(condition: (requests: readonly Received[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server on 127.0.0.1 that keeps what webhooks send to it. */
export async function startReceiver(host = '127.0.0.1'): Promise<Receiver> {
  const requests: Received[] = [];
  const waiting = new Set<() => void>();
  let behaviour: Behaviour = () => undefined;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const received = { path: request.url ?? '', headers: request.headers, body, seq: seqOf(body) };
    requests.push(received);
    for (const look of [...waiting]) look();
    await behaviour(received, response);
    if (!response.headersSent && !response.destroyed && !hanging.has(response)) response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    behave(next) {
      behaviour = next;
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition(requests)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const hanging = new WeakSet<ServerResponse>();

/** Leaves the request without an answer. */
export function hang(response: ServerResponse): void {
  hanging.add(response);
}

function seqOf(body: string): number {
  try {
    return JSON.parse(body).data.seq;
  } catch {
    return -1;
  }
}
