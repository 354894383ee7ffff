import type { IncomingMessage } from 'node:http';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import type { Config } from '../config.js';
import { checkHost } from './checkHost.js';
import { errorAnswer } from './errorAnswer.js';
import { originAllowed } from './originAllowed.js';
import { GRAPHQL_PATH } from './replyWithError.js';

/** Why this request may not become a WebSocket; null where it may. */
export function handshakeRefusal(request: IncomingMessage, config: Config): { status: number; message: string } | null {
  const { headers, url } = request;
  if (url?.split('?', 1)[0] !== GRAPHQL_PATH) return { status: 404, message: `WebSockets are served at ${GRAPHQL_PATH}` };
  try {
    checkHost(headers.host, config);
  } catch (error) {
    return errorAnswer(error, 0);
  }
  if (!originAllowed(headers, config.allowedOrigins)) {
    return { status: 403, message: 'the Origin is not allowed: name it in JUARA_ALLOWED_ORIGINS' };
  }
  const offered = headers['sec-websocket-protocol']?.split(',').map((p) => p.trim()) ?? [];
  if (offered.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return null;
  return { status: 400, message: `the WebSocket subprotocol must be ${GRAPHQL_TRANSPORT_WS_PROTOCOL}` };
}
