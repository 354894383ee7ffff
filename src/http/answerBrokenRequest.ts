import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { bareAnswer } from './bareAnswer.js';
import { statusOf } from './statusOf.js';
import type { TransportCode } from './transportError.js';

const KNOWN: Readonly<Record<string, { readonly code: TransportCode; readonly message: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'REQUEST_TIMEOUT', message: 'the head of the request took too long (JUARA_REQUEST_TIMEOUT_MS)' },
  HPE_HEADER_OVERFLOW: { code: 'HEADERS_TOO_LARGE', message: 'the head of the request is larger than 16 KiB' },
};

/**
 * Answers what is not HTTP, or does not become it in time, and hangs up. The error is logged by its code alone: with it come the bytes
 * that were received, and a token may be among them.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex, log: Pick<FastifyBaseLogger, 'debug'>): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  log.debug({ code: error.code }, 'a request was not understood');
  const { code, message } = KNOWN[error.code ?? ''] ?? { code: 'BAD_REQUEST', message: 'the request is not HTTP/1.1' };
  bareAnswer(socket, statusOf(code), { code, message });
}
