import { GraphQLError } from 'graphql';
import { JuaraError } from '../domain/errors.js';
import { errorHeaders } from './errorHeaders.js';
import { statusOf } from './statusOf.js';
import { TransportError } from './transportError.js';

/** A login that is refused ends a GraphQL request with its HTTP status, before anything is executed; other errors stay what they are. */
export function refusedLogin(error: unknown): unknown {
  if (!(error instanceof JuaraError) && !(error instanceof TransportError)) return error;
  const http = { status: statusOf(error.code), headers: new Map(Object.entries(errorHeaders(error))) };
  return new GraphQLError(error.message, {
    ...(error instanceof JuaraError ? { originalError: error } : {}),
    extensions: { code: error.code, http },
  });
}
