import type { FastifyServerOptions } from 'fastify';
import type { Config } from '../config.js';
import { loggedError } from './loggedError.js';

/** JSON lines on standard error. A request is logged without its query, which may hold a token, and without its headers. */
export function loggerOptions(level: Config['logLevel']): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level,
    stream: process.stderr,
    redact: ['authorization', '*.authorization', '*.*.authorization', 'token', '*.token', '*.secret'],
    serializers: {
      err: (error) => loggedError(error) as never,
      req: (request) => ({ method: request.method, path: request.url?.split('?', 1)[0], remoteAddress: request.ip }),
    },
  };
}
