import { type ExecutionArgs, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { makeServer, type Server, type ServerOptions } from 'graphql-ws';
import { JuaraError } from '../domain/errors.js';
import { type FormatClientError, formatAll } from './clientErrors.js';
import { CloseCode } from './closeCodes.js';
import { contextFor } from './contextFor.js';
import { PARSE_OPTIONS, validationRules } from './executionRules.js';
import type { HttpParts } from './httpParts.js';
import { authorizationOf, type LiveSocket, type SocketContext } from './liveSocket.js';

type Options = ServerOptions<Record<string, unknown>, LiveSocket>;
type OnSubscribe = NonNullable<Options['onSubscribe']>;
type Payload = Parameters<OnSubscribe>[2];
type Prepared = Omit<ExecutionArgs, 'schema'> & { schema: ExecutionArgs['schema'] };

/** Parses and validates as the HTTP side does. graphql-ws by itself would end the whole socket over one syntax error. */
function prepare({ schema, config }: HttpParts, payload: Payload): Prepared | readonly GraphQLError[] {
  let document: ExecutionArgs['document'];
  try {
    document = parse(payload.query, PARSE_OPTIONS);
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError('the query is not a string')];
  }
  const errors = validate(schema, document, [...specifiedRules, ...validationRules(config.env)]);
  if (errors.length > 0) return errors;
  return { schema, document, operationName: payload.operationName ?? null, variableValues: payload.variables ?? null };
}

/** The token is looked at again for every operation: it may have been revoked since the socket was opened. */
async function subscribe(parts: HttpParts, ctx: SocketContext, payload: Payload): Promise<Prepared | readonly GraphQLError[]> {
  const { socket, authorization } = ctx.extra;
  if (Object.keys(ctx.subscriptions).length > parts.config.maxSubscriptionsPerSocket) {
    const limit = `${parts.config.maxSubscriptionsPerSocket} operations at once (JUARA_MAX_SUBSCRIPTIONS_PER_SOCKET)`;
    socket.close(CloseCode.TooManySubscriptions, `more than ${limit}`);
    return [new GraphQLError(`this socket may run ${limit}`)];
  }
  const prepared = prepare(parts, payload);
  if (!('schema' in prepared)) return prepared;
  try {
    return { ...prepared, contextValue: contextFor(parts, await parts.authenticate(authorization)) };
  } catch (error) {
    if (!(error instanceof JuaraError)) throw error;
    return [new GraphQLError(error.message, { originalError: error })];
  }
}

/** The graphql-transport-ws protocol (the-guild.dev/graphql/ws) over our schema, with the rules and errors of the HTTP side. */
export function socketProtocol(parts: HttpParts, format: FormatClientError): Server<LiveSocket> {
  return makeServer<Record<string, unknown>, LiveSocket>({
    async onConnect(ctx) {
      ctx.extra.authorization = authorizationOf(ctx);
      try {
        await parts.authenticate(ctx.extra.authorization);
        ctx.extra.acknowledged = true;
        return true;
      } catch (error) {
        if (!(error instanceof JuaraError)) throw error;
        ctx.extra.socket.close(CloseCode.Unauthorized, error.message.slice(0, 100));
        return false;
      }
    },
    onSubscribe: (ctx, _id, payload) => subscribe(parts, ctx, payload),
    onNext: (_ctx, _id, _payload, _args, result) => {
      if (result.errors === undefined) return undefined;
      return { ...result, errors: formatAll(result.errors, format) };
    },
    onError: (_ctx, _id, _payload, errors) => formatAll(errors, format),
  });
}
