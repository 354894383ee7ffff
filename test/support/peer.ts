import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'vitest';
import WebSocket, { type ClientOptions } from 'ws';
import type { TestServer } from './server.js';

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

export const PROTOCOL = 'graphql-transport-ws';

/** A socket with its messages kept, so that none is missed between two looks. */
export class Peer {
  readonly messages: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.messages.push(JSON.parse(String(data))));
    this.closed = new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })));
  }
  send(message: Message): void {
    this.socket.send(JSON.stringify(message));
  }
  /** Everything that `send` sends leaves in one piece, so that the server has the last message before it can answer the first. */
  together(send: () => void): void {
    const { _socket: connection } = this.socket as WebSocket & { readonly _socket: Socket };
    connection.cork();
    send();
    connection.uncork();
  }
  /** The messages of one operation once there are `count` of them. */
  async of(id: string, count: number): Promise<Message[]> {
    await expect.poll(() => this.messages.filter((m) => m.id === id).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
    return this.messages.filter((m) => m.id === id);
  }
  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }
  async init(payload?: unknown): Promise<Peer> {
    this.send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
    await expect.poll(() => this.messages[0]?.type, { timeout: 10_000 }).toBe('connection_ack');
    return this;
  }
}

/** Sockets of one test file. */
export interface Dialler {
  dial(target: TestServer, options?: ClientOptions, protocols?: string[], path?: string): WebSocket;
  /** An open socket, before connection_init. */
  peer(target: TestServer, options?: ClientOptions): Promise<Peer>;
  /** A socket that the server knows as the bearer of `token`. */
  bearer(target: TestServer, token: string): Promise<Peer>;
  /** Cuts off all that are open. */
  hangUp(): void;
}

export function createDialler(): Dialler {
  const open: WebSocket[] = [];
  const dial: Dialler['dial'] = ({ url }, options = {}, protocols = [PROTOCOL], path = '/graphql') => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, protocols, options);
    open.push(socket);
    return socket;
  };
  const peer: Dialler['peer'] = async (target, options) => {
    const socket = dial(target, options);
    const it = new Peer(socket);
    await once(socket, 'open');
    return it;
  };
  return {
    dial,
    peer,
    bearer: async (target, token) => (await peer(target)).init({ authorization: `Bearer ${token}` }),
    hangUp() {
      for (const socket of open.splice(0)) socket.terminate();
    },
  };
}

/** Status of the plain HTTP answer to a handshake that is refused. */
export function refusedWith(socket: WebSocket): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.resume().statusCode));
    socket.on('open', () => reject(new Error('the handshake was accepted')));
    socket.on('error', reject);
  });
}
