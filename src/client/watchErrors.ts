import { JuaraClientError } from './JuaraClientError.js';
import { type GraphQLErrorBody, graphqlError } from './responseError.js';

/** Faults of the server or of what stands before it: the same question may be answered a moment later. */
const TRANSIENT = new Set(['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'BAD_RESPONSE']);

interface CloseLike {
  readonly code: number;
  readonly reason: string;
}

/**
 * What the failure of a subscription means: an error that no repetition mends (a cursor that the server refuses, a token that is not
 * let in, a question that it does not understand), or null where another try may do better (network, restart, overload).
 */
export function terminalError(failure: unknown): JuaraClientError | null {
  if (failure instanceof JuaraClientError) return isTerminal(failure.code) ? failure : null;
  if (Array.isArray(failure)) {
    const error = graphqlError(failure as GraphQLErrorBody[]);
    return isTerminal(error.code) || error.code === 'BAD_RESPONSE' ? error : null;
  }
  if (isClose(failure)) return closed(failure);
  return refusedUpgrade(failure);
}

function isTerminal(code: string): boolean {
  return !TRANSIENT.has(code);
}

/** Closed because of what this client sent: malformed, wrong protocol, an id twice, too many subscriptions, a second init, too large. */
const REFUSED = new Set([1009, 4004, 4400, 4406, 4409, 4291, 4429]);

/** Close codes of RFC 6455 and graphql-transport-ws, and the server's own; after any other the client comes back. */
function closed({ code, reason }: CloseLike): JuaraClientError | null {
  const said = reason === '' ? `the server closed the socket with ${code}` : reason;
  if (code === 4401) return new JuaraClientError('UNAUTHENTICATED', said);
  if (code === 4403) return new JuaraClientError('FORBIDDEN', said);
  // Only failed logins are limited, and this token will not become valid by waiting.
  if (code === 4293) return new JuaraClientError('RATE_LIMITED', said);
  if (REFUSED.has(code)) return new JuaraClientError('BAD_RESPONSE', said);
  return null;
}

/** An upgrade that HTTP refused; the ws package tells the status in the message only. */
function refusedUpgrade(failure: unknown): JuaraClientError | null {
  const message = failure !== null && typeof failure === 'object' && 'message' in failure ? String(failure.message) : '';
  const status = /Unexpected server response: (\d{3})/.exec(message)?.[1];
  if (status === '401') return new JuaraClientError('UNAUTHENTICATED', 'the server refused the socket: a valid token is needed');
  if (status === '403') return new JuaraClientError('FORBIDDEN', 'the server refused the socket: the token, or the origin, is not allowed');
  return null;
}

function isClose(failure: unknown): failure is CloseLike {
  return failure !== null && typeof failure === 'object' && 'code' in failure && 'reason' in failure && typeof failure.code === 'number';
}
