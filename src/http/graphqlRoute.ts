import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { JuaraError } from '../domain/errors.js';
import type { JuaraContext } from '../graphql/context.js';
import { contextFor } from './contextFor.js';
import type { HttpParts } from './httpParts.js';
import { loginOf } from './loginOf.js';
import { GRAPHQL_PATH } from './replyWithError.js';
import type { BuiltPage } from './servePage.js';
import { statusOf } from './statusOf.js';
import { TransportError } from './transportError.js';

/** A bad token ends the request with its HTTP status, before anything is executed. */
function refusal(error: unknown): unknown {
  if (!(error instanceof JuaraError)) return error;
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: statusOf(error.code), headers: new Map([['www-authenticate', 'Bearer']]) } },
  });
}

function asksForPage(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>;
  return request.method === 'GET' && query.query === undefined && (request.headers.accept ?? '').includes('text/html');
}

export function graphqlRoute(app: FastifyInstance, parts: HttpParts, apollo: ApolloServer<JuaraContext>, page: BuiltPage | null): void {
  const execute = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const actor = await parts.authenticate(loginOf(request)).catch((error: unknown) => {
        throw refusal(error);
      });
      return contextFor(parts, actor);
    },
  });
  app.all(GRAPHQL_PATH, { config: { requires: 'schema' } }, async (request: FastifyRequest, reply: FastifyReply) => {
    if (asksForPage(request)) {
      if (page === null) throw new TransportError('NOT_FOUND', 'the GraphiQL page is not served here (JUARA_ENV=production)');
      return page.send(reply);
    }
    reply.header('cache-control', 'no-store');
    return execute.call(app, request, reply);
  });
}
