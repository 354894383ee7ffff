import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import type { Config } from '../config.js';
import { loggerOptions } from './loggerOptions.js';
import { refuseMalformed } from './refuseMalformed.js';
import { replyWithError } from './replyWithError.js';
import { TransportError } from './transportError.js';

/** A connection on which nothing moves for this long is cut: a stalled upload must not hold its temporary file for ever. */
const IDLE_TIMEOUT_MS = 120_000;

/** Fastify with our limits, our log and our form of errors; without routes. */
export function createApp(config: Config): FastifyInstance {
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    replyWithError(error, request, reply, config.maxBodyBytes);
  const options: FastifyServerOptions = {
    logger: loggerOptions(config.logLevel),
    bodyLimit: config.maxBodyBytes,
    connectionTimeout: IDLE_TIMEOUT_MS,
    trustProxy: config.behindProxy ? (_address, hop) => hop < 1 : false,
    return503OnClosing: false,
    frameworkErrors: answer,
    clientErrorHandler: refuseMalformed,
  };
  const app = Fastify(options);
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request, reply) =>
    answer(new TransportError('NOT_FOUND', `there is nothing at ${request.method} ${request.url.split('?', 1)[0]}`), request, reply),
  );
  return app;
}
