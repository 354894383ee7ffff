import type { IncomingHttpHeaders } from 'node:http';

/**
 * May a page of this Origin open a WebSocket here? Browsers send cookies and loopback traffic to any WebSocket, so that the server has
 * to look (RFC 6455, 10.2). Programs send no Origin and pass. The scheme is not compared: behind a proxy that ends TLS it differs.
 */
export function originAllowed(headers: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
