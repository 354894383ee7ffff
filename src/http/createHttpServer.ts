import type { FastifyInstance } from 'fastify';
import { artifactRoutes } from './artifactRoutes.js';
import { checkHost } from './checkHost.js';
import { clientErrors } from './clientErrors.js';
import { continueUnlessTooLarge } from './continueUnlessTooLarge.js';
import { createApollo } from './createApollo.js';
import { graphqlRoute } from './graphqlRoute.js';
import { GraphqlSockets } from './graphqlSockets.js';
import { healthRoutes } from './healthRoutes.js';
import type { HttpParts } from './httpParts.js';
import { routeRights } from './routeRights.js';
import { servePage } from './servePage.js';
import { TransportError } from './transportError.js';

export interface HttpServer {
  /** Resolves to the address, e.g. http://127.0.0.1:4000. */
  listen(): Promise<string>;
  /** No new work, open requests finished (or cut off after JUARA_DRAIN_TIMEOUT_MS), sockets closed with 1001. */
  stop(): Promise<void>;
}

/** The whole HTTP and WebSocket face of the registry on the app of createApp, not yet listening. */
export async function createHttpServer(app: FastifyInstance, parts: HttpParts): Promise<HttpServer> {
  const { config, deps } = parts;
  let draining = false;
  app.addHook('onRequest', async (request) => {
    if (draining) throw new TransportError('UNAVAILABLE', 'the server is stopping: try again');
    checkHost(request.headers.host, config);
  });
  routeRights(app, parts.authenticate);
  const format = clientErrors(config.env, app.log);
  const apollo = await createApollo(parts, format, app.log);
  const { dashboard, graphiql } = parts.pages;
  const page = servePage(app, { folder: dashboard, base: '/dashboard-assets/', script: 'build:dashboard' });
  app.get('/', { config: { requires: 'open' } }, (_request, reply) => page.send(reply));
  const editor =
    config.env === 'production' ? null : servePage(app, { folder: graphiql, base: '/graphiql-assets/', script: 'build:graphiql' });
  graphqlRoute(app, parts, apollo, editor);
  healthRoutes(app, deps.store.reads, deps.blobs);
  await app.register(artifactRoutes(parts));
  const sockets = new GraphqlSockets(parts, format, app.log);
  sockets.attach(app.server);
  app.server.on('checkContinue', continueUnlessTooLarge(app.server, config.maxUploadBytes));
  return {
    async listen() {
      const url = await app.listen({ host: config.host, port: config.port });
      // Fastify does not know of the TLS that its server speaks (nodeServer).
      return config.tls === null ? url : url.replace(/^http:/, 'https:');
    },
    async stop() {
      draining = true;
      const cutOff = setTimeout(() => app.server.closeAllConnections(), config.drainTimeoutMs);
      await Promise.all([sockets.close(config.drainTimeoutMs), app.close()]);
      clearTimeout(cutOff);
      await apollo.stop();
    },
  };
}
