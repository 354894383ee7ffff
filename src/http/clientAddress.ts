import type { IncomingMessage } from 'node:http';

/**
 * The address that limits count by. Behind a proxy it is the last entry of X-Forwarded-For, the one that the proxy itself wrote: those
 * before it are the client's to invent.
 */
export function clientAddress(request: IncomingMessage, behindProxy: boolean): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  if (!behindProxy) return peer;
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  return forwarded.split(',').at(-1)?.trim() || peer;
}
