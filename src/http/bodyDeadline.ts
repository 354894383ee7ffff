import type { FastifyRequest, preParsingHookHandler } from 'fastify';
import { TransportError } from './transportError.js';

function announcesBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Answers 408 to a body that takes longer than this to arrive, and hangs up: a byte a minute would otherwise hold a connection and what
 * has come of its body for ever. Uploads of any size are the exception (`isUpload`); there a connection must move (IDLE_TIMEOUT_MS).
 */
export function bodyDeadline(timeoutMs: number, isUpload: (request: FastifyRequest) => boolean): preParsingHookHandler {
  return (request, _reply, payload, done) => {
    if (announcesBody(request) && !isUpload(request)) {
      const { raw } = request;
      const late = new TransportError('REQUEST_TIMEOUT', `the body took longer than ${timeoutMs} ms (JUARA_REQUEST_TIMEOUT_MS)`);
      // Told to whoever reads the body (Fastify), who answers. To destroy the request would take the answer along with it.
      const timer = setTimeout(() => raw.emit('error', late), timeoutMs);
      for (const event of ['end', 'close', 'error']) raw.once(event, () => clearTimeout(timer));
    }
    done(null, payload);
  };
}
