import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JuaraContext } from '../graphql/context.js';
import { contextFor } from './contextFor.js';
import type { HttpParts } from './httpParts.js';
import { loginOf } from './loginOf.js';
import { refusedLogin } from './refusedLogin.js';
import { GRAPHQL_PATH } from './replyWithError.js';
import type { BuiltPage } from './servePage.js';
import { TransportError } from './transportError.js';

function asksForPage(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>;
  return request.method === 'GET' && query.query === undefined && (request.headers.accept ?? '').includes('text/html');
}

export function graphqlRoute(app: FastifyInstance, parts: HttpParts, apollo: ApolloServer<JuaraContext>, page: BuiltPage | null): void {
  const execute = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const actor = await parts.authenticate(loginOf(request)).catch((error: unknown) => {
        throw refusedLogin(error);
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
