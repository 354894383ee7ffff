import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Tls } from './readTls.js';
import { setSafeHeaders } from './safeHeaders.js';

/** A connection on which nothing moves for this long is cut: a stalled upload must not hold its temporary file for ever. */
const IDLE_TIMEOUT_MS = 120_000;
/** Longer than the 60 s of common load balancers, so that none of them sends a request into a connection that is being closed. */
const KEEP_ALIVE_MS = 72_000;
/** In this rhythm Node looks for heads that are late. */
const HEAD_CHECK_MS = 30_000;

/** Node's server with our time limits and headers: https where it is given what for. The head of a request must come in `headersTimeout`. */
export function nodeServer(tls: Tls | null, headersTimeout: number, handler: RequestListener): Server {
  const options = {
    headersTimeout,
    // Of the body too, which may be an upload of any size; for all others see bodyDeadline.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(headersTimeout, HEAD_CHECK_MS),
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const server = tls === null ? createServer(options, handler) : createTlsServer({ ...tls, ...options }, handler);
  server.setTimeout(IDLE_TIMEOUT_MS);
  setSafeHeaders(server, tls !== null);
  return server;
}
