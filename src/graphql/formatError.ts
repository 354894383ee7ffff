import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { JuaraError } from '../domain/errors.js';

/** Told of every error that is not meant for clients. */
export type OnUnexpected = (error: unknown) => void;

/**
 * What a client may see of an error, on either transport (Apollo's formatError; graphql-ws: `formatError(e.toJSON(), e, log)`).
 * A JuaraError, however deep, keeps its code, message and details; a malformed request keeps what graphql-js or the server says of
 * it; everything else is masked as INTERNAL_SERVER_ERROR and handed to `onUnexpected`. No stack ever leaves.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown, onUnexpected: OnUnexpected): GraphQLFormattedError {
  const place = {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
  const chain = causes(error);
  const known = chain.find((e) => e instanceof JuaraError);
  if (known !== undefined) {
    const details = Object.keys(known.details).length > 0 ? { details: known.details } : {};
    return { message: known.message, ...place, extensions: { code: known.code, ...details } };
  }
  if (formatted.extensions?.code === 'GRAPHQL_PARSE_FAILED' && chain.at(-1) instanceof RangeError) {
    return { message: 'Syntax Error: the document is nested too deeply', extensions: { code: 'GRAPHQL_PARSE_FAILED' } };
  }
  const code = requestErrorCode(formatted, chain);
  if (code !== null) return { message: formatted.message, ...place, extensions: { code } };
  onUnexpected(chain.at(-1) ?? error);
  return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** The error and what it wraps, outermost first. */
function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at instanceof Error && !chain.includes(at) && chain.length < 20; ) {
    chain.push(at);
    at = at instanceof GraphQLError && at.originalError !== undefined ? at.originalError : at.cause;
  }
  return chain;
}

/** The code of an error that the request itself is to blame for; null for all others. */
function requestErrorCode(formatted: GraphQLFormattedError, chain: readonly unknown[]): string | null {
  const innermost = chain.at(-1);
  if (!(innermost instanceof GraphQLError)) return null;
  const code = formatted.extensions?.code ?? innermost.extensions.code;
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return code;
  if (formatted.path === undefined)
    return formatted.message.startsWith('Syntax Error') ? 'GRAPHQL_PARSE_FAILED' : 'GRAPHQL_VALIDATION_FAILED';
  // While executing, graphql-js points at the document (nodes) where an argument is to blame, and at nothing where our value is.
  return innermost.nodes !== undefined && innermost.nodes.length > 0 && innermost.path === undefined ? 'BAD_USER_INPUT' : null;
}
