import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredBlob } from '../ports.js';
import { checkDigest } from './checkDigest.js';
import type { HttpParts } from './httpParts.js';
import { limitedBody, tooLarge } from './limitedBody.js';
import { UploadLimits } from './uploadLimits.js';

export interface ArtifactAddress {
  Params: { sha256: string };
}

/** PUT: keeps the bytes of the request under their digest. 201 where they are new, 200 where they were here already. */
export function uploadArtifact({ config, deps }: Pick<HttpParts, 'config' | 'deps'>) {
  const limits = new UploadLimits(config);
  return async (request: FastifyRequest<ArtifactAddress>, reply: FastifyReply): Promise<StoredBlob> => {
    const { ip } = request;
    const sha256 = checkDigest(request.params.sha256);
    if (Number(request.headers['content-length'] ?? 0) > config.maxUploadBytes) throw tooLarge(config.maxUploadBytes);
    const end = limits.begin(ip);
    try {
      const existed = (await deps.blobs.size(sha256)) !== null;
      const body = limitedBody(request.raw, config.maxUploadBytes, (received) => limits.received(ip, received));
      const { bytes } = await deps.blobs.put(sha256, body);
      reply.code(existed ? 200 : 201);
      return { sha256, bytes };
    } finally {
      end();
      // What is left of a refused body is thrown away, so that the client reads the answer instead of a broken connection.
      request.raw.resume();
    }
  };
}
