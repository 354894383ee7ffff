import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Connection } from './connection.js';
import { terminalError } from './watchErrors.js';

export interface SocketOptions {
  /** Waits before try number `attempt` (0 is the first repetition). Never rejects: the socket would hear of it nowhere. */
  readonly beforeRetry: (attempt: number) => Promise<void>;
  /** Milliseconds between pings; a pong that stays out for as long again ends the socket, and a new one is opened. */
  readonly keepAliveMs: number;
}

/** An address that swallows packets would otherwise hold a try for minutes. */
class TimedWebSocket extends WebSocket {
  constructor(url: string, protocols: string | string[]) {
    super(url, protocols, { handshakeTimeout: 10_000 });
  }
}

/**
 * A graphql-ws client that tries for ever, unless the server's answer can't be mended by trying. A connection that died without a
 * word (a laptop asleep, a router gone) is found by an unanswered ping.
 */
export function eventSocket({ endpoint, authorization }: Connection, { beforeRetry, keepAliveMs }: SocketOptions): Client {
  let overdue: NodeJS.Timeout | undefined;
  const client = createClient({
    url: endpoint.socket,
    webSocketImpl: TimedWebSocket,
    connectionParams: authorization,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: beforeRetry,
    shouldRetry: (failure) => terminalError(failure) === null,
    keepAlive: keepAliveMs,
    connectionAckWaitTimeout: keepAliveMs,
    on: {
      ping: (received) => {
        if (!received) overdue = setTimeout(() => client.terminate(), keepAliveMs);
      },
      pong: (received) => {
        if (received) clearTimeout(overdue);
      },
      closed: () => clearTimeout(overdue),
    },
  });
  return client;
}
