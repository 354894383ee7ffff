import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isLoopback } from './loopback.js';

/**
 * On every answer. What is no page is never to be shown as one: it may load nothing, run nothing, be framed and embedded nowhere
 * (OWASP HTTP Headers Cheat Sheet). Pages put a policy of their own in the place of this one (servePage).
 */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
};

const ONE_YEAR = 'max-age=31536000';

/** RFC 6797. Not for names of this machine: there it would shut out whatever else is served on localhost without TLS. */
function maySayHsts({ headers: { host = '' } }: IncomingMessage): boolean {
  return URL.canParse(`https://${host}/`) && !isLoopback(new URL(`https://${host}/`).hostname);
}

/** Set on the bare response, before any route or error handler: so no answer can lack them, those of the framework's own included. */
export function setSafeHeaders(server: Server, tls: boolean): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) response.setHeader(name, value);
    if (tls && maySayHsts(request)) response.setHeader('strict-transport-security', ONE_YEAR);
  });
}
