import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Answers `Expect: 100-continue`: a body that is announced as too large is not asked for, so that its refusal costs nobody the
 * transfer. Every request then goes its normal way.
 */
export function continueUnlessTooLarge(server: Server, maxBytes: number): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= maxBytes) response.writeContinue();
    server.emit('request', request, response);
  };
}
