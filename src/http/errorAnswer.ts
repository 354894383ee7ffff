import type { FastifyError } from 'fastify';
import { JuaraError } from '../domain/errors.js';
import { statusOf } from './statusOf.js';
import { TransportError } from './transportError.js';

export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Fastify's own message quotes the address, in whose query a token may stand. */
const BAD_ADDRESS = ['FST_ERR_BAD_URL', 'FST_ERR_MAX_PARAM_LENGTH'];

/** Where the request is the framework's to refuse: malformed JSON, too large a body, a wrong Content-Type. */
function fromFramework(error: Partial<FastifyError>, maxBodyBytes: number): ErrorAnswer | null {
  const { statusCode = 500, message = '', code = '' } = error;
  if (BAD_ADDRESS.includes(code)) return { status: statusCode, code: 'BAD_REQUEST', message: 'the address is malformed, or too long' };
  switch (statusCode) {
    case 413:
      return {
        status: 413,
        code: 'PAYLOAD_TOO_LARGE',
        message: `the request is larger than ${maxBodyBytes} bytes (JUARA_MAX_BODY_BYTES)`,
      };
    case 415:
      return { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'send Content-Type: application/json' };
    default:
      return statusCode >= 400 && statusCode < 500 ? { status: statusCode, code: 'BAD_REQUEST', message } : null;
  }
}

/** What a client is told of an error outside of GraphQL execution. Unknown errors are masked; `masked` says so, for the log. */
export function errorAnswer(error: unknown, maxBodyBytes: number): ErrorAnswer & { readonly masked: boolean } {
  if (error instanceof JuaraError || error instanceof TransportError) {
    return { status: statusOf(error.code), code: error.code, message: error.message, masked: false };
  }
  const known = error instanceof Error ? fromFramework(error, maxBodyBytes) : null;
  if (known !== null) return { ...known, masked: false };
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error', masked: true };
}
