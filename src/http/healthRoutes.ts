import type { FastifyInstance } from 'fastify';
import type { Reads } from '../ports.js';
import { TransportError } from './transportError.js';

/** /health: the process answers. /health/ready: its database does too. Open to all; they say nothing else. */
export function healthRoutes(app: FastifyInstance, reads: Pick<Reads, 'head'>): void {
  app.get('/health', { config: { requires: 'open' } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });
  app.get('/health/ready', { config: { requires: 'open' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await reads.head();
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer');
      throw new TransportError('UNAVAILABLE', 'the database does not answer');
    }
    return { status: 'ok' };
  });
}
