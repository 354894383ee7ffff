import type { Socket } from 'node:net';
import type { TransportCode } from './transportError.js';

const ANSWERS: Readonly<Record<string, { readonly status: string; readonly message: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', message: 'the request did not come to its end in time' },
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', message: 'the head of the request is larger than 16 KiB' },
};
const MALFORMED = { status: '400 Bad Request', message: 'the request is not HTTP/1.1 as RFC 9112 has it' };
const CODE: TransportCode = 'BAD_REQUEST';

/** What Node's parser refuses is answered as everything else is, and the connection closed: where the next request begins is unknown. */
export function refuseMalformed(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, message } = ANSWERS[error.code ?? ''] ?? MALFORMED;
  const body = JSON.stringify({ code: CODE, message });
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${body.length}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}
