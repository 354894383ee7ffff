import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JuaraContext } from '../graphql/context.js';
import { contextFor } from './contextFor.js';
import type { HttpParts } from './httpParts.js';
import { loginOf } from './loginOf.js';
import { askedId } from './operations/askedId.js';
import { refusedLogin } from './refusedLogin.js';
import { GRAPHQL_PATH } from './replyWithError.js';
import type { BuiltPage } from './servePage.js';
import { TransportError } from './transportError.js';

function asksForPage(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>;
  return request.method === 'GET' && query.query === undefined && (request.headers.accept ?? '').includes('text/html');
}

/** Bytes that would be read as what they are not: JSON is UTF-8 (RFC 8259, 8.1), and nothing is unpacked here. */
async function refuseOddBody({ headers }: FastifyRequest): Promise<void> {
  const charset = /;\s*charset\s*=\s*"?([^;"]*)/i.exec(headers['content-type'] ?? '')?.[1]?.trim();
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new TransportError('UNSUPPORTED_MEDIA_TYPE', 'send JSON in UTF-8');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity')
    throw new TransportError('UNSUPPORTED_MEDIA_TYPE', 'send the body as it is, not compressed');
}

/** Before Apollo is asked, which takes an id for a feature that it lacks and answers 200. */
function refuseUnlisted(operations: HttpParts['operations'], { method, query, body }: FastifyRequest): void {
  if (operations === null) return;
  const asked = (method === 'GET' ? query : body) as { query?: unknown; extensions?: unknown } | null | undefined;
  const { extensions } = asked ?? {};
  const id = askedId({ query: asked?.query, extensions: typeof extensions === 'string' ? parsedJson(extensions) : extensions });
  if (id !== null) operations.text(id);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
  app.all(
    GRAPHQL_PATH,
    { config: { requires: 'schema' }, onRequest: refuseOddBody },
    async (request: FastifyRequest, reply: FastifyReply) => {
      if (asksForPage(request)) {
        if (page === null) throw new TransportError('NOT_FOUND', 'the GraphiQL page is not served here (JUARA_ENV=production)');
        return page.send(reply);
      }
      refuseUnlisted(parts.operations, request);
      reply.header('cache-control', 'no-store');
      return execute.call(app, request, reply);
    },
  );
}
