import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Config } from '../config.js';
import { formatError } from '../graphql/formatError.js';
import { hidesSuggestions } from './executionRules.js';

export type FormatClientError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Validation leaves them out by itself; the coercion of variables cannot be told to by way of Apollo. */
function withoutSuggestions(error: GraphQLFormattedError): GraphQLFormattedError {
  const ofDocument = ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'].includes(String(error.extensions?.code));
  return ofDocument ? { ...error, message: error.message.replace(/ ?Did you mean .+\?$/, '') } : error;
}

/** What both transports tell a client of an error of a GraphQL operation; what is masked goes to the log. */
export function clientErrors(env: Config['env'], log: FastifyBaseLogger): FormatClientError {
  const onUnexpected = (error: unknown): void => log.error({ err: error }, 'an operation failed');
  return (formatted, error) => {
    const answer = formatError(formatted, error, onUnexpected);
    return hidesSuggestions(env) ? withoutSuggestions(answer) : answer;
  };
}

/** Every error of a result, formatted; what is not a GraphQLError becomes one first. */
export function formatAll(errors: readonly unknown[], format: FormatClientError): GraphQLFormattedError[] {
  return errors.map((error) => {
    const known = error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error });
    return format(known.toJSON(), known);
  });
}
