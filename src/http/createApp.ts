import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import type { Config } from '../config.js';
import { answerBrokenRequest } from './answerBrokenRequest.js';
import { ARTIFACT_ROUTE } from './artifactRoutes.js';
import { bodyDeadline } from './bodyDeadline.js';
import { loggerOptions } from './loggerOptions.js';
import { nodeServer } from './nodeServer.js';
import type { Tls } from './readTls.js';
import { replyWithError } from './replyWithError.js';
import { TransportError } from './transportError.js';

/** Fastify with our limits, our log, our headers and our form of errors; without routes. Serves https where it is given what for. */
export function createApp(config: Config, tls: Tls | null): FastifyInstance {
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    replyWithError(error, request, reply, config.maxBodyBytes);
  const options: FastifyServerOptions = {
    logger: loggerOptions(config.logLevel),
    bodyLimit: config.maxBodyBytes,
    serverFactory: (handler) => nodeServer(tls, config.requestTimeoutMs, handler),
    trustProxy: config.behindProxy ? (_address, hop) => hop < 1 : false,
    return503OnClosing: false,
    frameworkErrors: answer,
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, app.log),
  };
  const app = Fastify(options);
  app.addHook(
    'preParsing',
    bodyDeadline(config.requestTimeoutMs, ({ routeOptions }) => routeOptions.url === ARTIFACT_ROUTE),
  );
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request, reply) =>
    answer(new TransportError('NOT_FOUND', `there is nothing at ${request.method} ${request.url.split('?', 1)[0]}`), request, reply),
  );
  return app;
}
