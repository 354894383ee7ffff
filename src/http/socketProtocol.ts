import { GraphQLError } from 'graphql';
import { makeServer, type Server, type ServerOptions } from 'graphql-ws';
import { JuaraError } from '../domain/errors.js';
import { type FormatClientError, formatAll } from './clientErrors.js';
import { CloseCode } from './closeCodes.js';
import { closeOnRefusedLogin } from './closeOnRefusedLogin.js';
import { closeReason } from './closeReason.js';
import { contextFor } from './contextFor.js';
import { Documents } from './documents.js';
import { Fanout, type SubscriptionArgs } from './fanout/fanout.js';
import type { HttpParts } from './httpParts.js';
import { authorizationOf, type LiveSocket, type SocketContext } from './liveSocket.js';
import { refusedLogin } from './refusedLogin.js';

type Options = ServerOptions<Record<string, unknown>, LiveSocket>;
type OnSubscribe = NonNullable<Options['onSubscribe']>;
type Payload = Parameters<OnSubscribe>[2];

/** The token is looked at again for every operation: it may have been revoked since the socket was opened. */
async function prepareOperation(parts: HttpParts, documents: Documents, ctx: SocketContext, id: string, payload: Payload) {
  const { socket, outlet, authorization, address } = ctx.extra;
  if (Object.keys(ctx.subscriptions).length > parts.config.maxSubscriptionsPerSocket) {
    const limit = `${parts.config.maxSubscriptionsPerSocket} operations at once (JUARA_MAX_SUBSCRIPTIONS_PER_SOCKET)`;
    socket.close(CloseCode.TooManySubscriptions, `more than ${limit}`);
    return [new GraphQLError(`this socket may run ${limit}`)];
  }
  const asked = documents.get(payload);
  if (!('document' in asked)) return asked;
  try {
    const contextValue = contextFor(parts, await parts.authenticate({ authorization, address, acknowledged: true }));
    const { operationName = null, variables: variableValues } = payload;
    return { schema: parts.schema, ...asked, operationName, variableValues, contextValue, id, outlet };
  } catch (error) {
    return [refusedOperation(ctx, error)];
  }
}

/** A token that is none any more ends the socket; other refusals of a login end the operation, and faults of ours are thrown on. */
function refusedOperation(ctx: SocketContext, error: unknown): GraphQLError {
  const refused = refusedLogin(error);
  if (!(refused instanceof GraphQLError)) throw error;
  if (error instanceof JuaraError && error.code === 'UNAUTHENTICATED') ctx.extra.rights.end(closeReason(error.message));
  return refused;
}

/** The graphql-transport-ws protocol (the-guild.dev/graphql/ws) over our schema, with the rules and errors of the HTTP side. */
export function socketProtocol(parts: HttpParts, format: FormatClientError): Server<LiveSocket> {
  const documents = new Documents(parts);
  const fanout = new Fanout(parts, format);
  return makeServer<Record<string, unknown>, LiveSocket>({
    connectionInitWaitTimeout: parts.config.connectionInitTimeoutMs,
    subscribe: (args) => fanout.subscribe(args as SubscriptionArgs),
    async onConnect(ctx) {
      ctx.extra.authorization = authorizationOf(ctx);
      try {
        await parts.watch.admit(parts.authenticate, ctx.extra, (actor) => ctx.extra.rights.grant(actor, parts.watch));
        return true;
      } catch (error) {
        if (closeOnRefusedLogin(ctx.extra.socket, error)) return false;
        throw error;
      }
    },
    onSubscribe: (ctx, id, payload) => prepareOperation(parts, documents, ctx, id, payload),
    onNext: (_ctx, _id, _payload, _args, result) => {
      if (result.errors === undefined) return undefined;
      return { ...result, errors: formatAll(result.errors, format) };
    },
    onError: (_ctx, _id, _payload, errors) => formatAll(errors, format),
  });
}
