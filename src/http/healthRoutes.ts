import type { FastifyInstance } from 'fastify';
import type { BlobStore, Reads } from '../ports.js';
import { TransportError } from './transportError.js';

interface Health {
  /** degraded: the process answers and serves; files are damaged or gone, and whoever asks for one of them is refused. */
  readonly status: 'ok' | 'degraded';
  /** How many; which ones is for an ADMIN to ask (damagedArtifacts). */
  readonly damagedArtifacts: number;
}

function healthOf(blobs: Pick<BlobStore, 'damaged'>): Health {
  const damagedArtifacts = blobs.damaged().length;
  return { status: damagedArtifacts === 0 ? 'ok' : 'degraded', damagedArtifacts };
}

/**
 * /health: the process answers. /health/ready: its database does too, else 503. Both answer 200 with `degraded` where files are damaged:
 * a restart would not mend them, and taking the server out of service would take what is whole along. Open to all; they name nothing.
 */
export function healthRoutes(app: FastifyInstance, reads: Pick<Reads, 'head'>, blobs: Pick<BlobStore, 'damaged'>): void {
  app.get('/health', { config: { requires: 'open' } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return healthOf(blobs);
  });
  app.get('/health/ready', { config: { requires: 'open' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await reads.head();
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer');
      throw new TransportError('UNAVAILABLE', 'the database does not answer');
    }
    return healthOf(blobs);
  });
}
