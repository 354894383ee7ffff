import { once } from 'node:events';
import WebSocket from 'ws';
import type { Answer } from './api.js';
import type { TestServer } from './server.js';

/** One operation, sent and answered; over a WebSocket the answer is the first message. Variables may be JSON text, to be sent as it is. */
export type Ask = (query: string, variables?: Record<string, unknown> | string, extra?: Record<string, unknown>) => Promise<Answer>;

export interface Asking {
  readonly name: 'HTTP' | 'WebSocket';
  readonly ask: Ask;
  close(): void;
}

function payloadOf(...[query, variables = {}, extra = {}]: Parameters<Ask>): string {
  const text = typeof variables === 'string' ? variables : JSON.stringify(variables);
  return `{"variables":${text},${JSON.stringify({ query, ...extra }).slice(1)}`;
}

export function askOverHttp({ url }: Pick<TestServer, 'url'>, token: string | null): Asking {
  const headers = { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  return {
    name: 'HTTP',
    ask: async (...asked) => {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: payloadOf(...asked) });
      return (await response.json()) as Answer;
    },
    close: () => undefined,
  };
}

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** The graphql-transport-ws protocol by hand: one socket, each operation under an id of its own. */
export async function askOverSocket({ url }: Pick<TestServer, 'url'>, token: string | null): Promise<Asking> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const waiting = new Map<string, { resolve(answer: Answer): void; reject(error: Error): void }>();
  socket.on('message', (data) => {
    const { type, id = '', payload } = JSON.parse(String(data)) as Message;
    const asked = waiting.get(id);
    if (type === 'error') asked?.resolve({ data: null, errors: payload } as Answer);
    else if (type === 'next') asked?.resolve(payload as Answer);
    else return;
    waiting.delete(id);
  });
  socket.on('close', (code, reason) => {
    for (const { reject } of waiting.values()) reject(new Error(`the socket was closed: ${code} ${reason}`));
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: token === null ? {} : { authorization: `Bearer ${token}` } }));
  await once(socket, 'message');
  let next = 0;
  return {
    name: 'WebSocket',
    ask: (...asked) =>
      new Promise((resolve, reject) => {
        const id = String(next++);
        waiting.set(id, { resolve, reject });
        socket.send(`{"id":"${id}","type":"subscribe","payload":${payloadOf(...asked)}}`);
      }),
    close: () => socket.close(),
  };
}
