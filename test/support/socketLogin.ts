import WebSocket, { type ClientOptions } from 'ws';

export type SocketLogin =
  | { readonly acknowledged: true }
  | { readonly acknowledged: false; readonly code: number; readonly reason: string };

/** How a ConnectionInit with this header is answered; the socket is closed again. */
export function socketLogin(url: string, authorization: string, options: ClientOptions = {}): Promise<SocketLogin> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, ['graphql-transport-ws'], options);
  return new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })));
    socket.once('message', () => {
      resolve({ acknowledged: true });
      socket.terminate();
    });
    socket.once('close', (code, reason) => resolve({ acknowledged: false, code, reason: String(reason) }));
    socket.once('error', reject);
  });
}
