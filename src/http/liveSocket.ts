import type { Context } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Outlet } from './fanout/outlet.js';
import type { SocketRights } from './socketRights.js';

/** What the server knows of one open WebSocket; graphql-ws hands it back as `ctx.extra`. */
export interface LiveSocket {
  readonly socket: WebSocket;
  /** Where its subscriptions' results go. */
  readonly outlet: Outlet;
  readonly rights: SocketRights;
  readonly address: string;
  /** The Authorization header of the handshake, for clients that can set one (browsers cannot). */
  readonly handshakeAuthorization: string | undefined;
  /** Set by ConnectionInit. */
  authorization: string | undefined;
  /** A pong has come since the last ping. */
  alive: boolean;
}

export type SocketContext = Context<Record<string, unknown>, LiveSocket>;

/** connectionParams.authorization; in any case, because people type headers into GraphiQL as `Authorization`. */
export function authorizationOf(ctx: SocketContext): string | undefined {
  const found = Object.entries(ctx.connectionParams ?? {}).find(([key]) => key.toLowerCase() === 'authorization')?.[1];
  return typeof found === 'string' ? found : ctx.extra.handshakeAuthorization;
}
