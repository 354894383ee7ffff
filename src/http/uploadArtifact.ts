import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredBlob } from '../ports.js';
import { checkDigest } from './checkDigest.js';
import type { HttpParts } from './httpParts.js';
import { limitedBody, tooLarge } from './limitedBody.js';
import { TransportError } from './transportError.js';
import { UploadLimits } from './uploadLimits.js';

export interface ArtifactAddress {
  Params: { sha256: string };
}

/**
 * The digest is that of all the bytes as they are sent: a part of them (RFC 9110, 14.5 has it refused), or bytes that somebody would have
 * to unpack first, cannot be held against it.
 */
function requireWholeAndPlain({ headers }: FastifyRequest): void {
  if (headers['content-range'] !== undefined)
    throw new TransportError('BAD_REQUEST', 'an artifact is uploaded whole: leave Content-Range out');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new TransportError('UNSUPPORTED_MEDIA_TYPE', 'an artifact is kept as it is sent: leave Content-Encoding out');
  }
}

/** PUT: keeps the bytes of the request under their digest. 201 where they are new, 200 where they were here already. */
export function uploadArtifact({ config, deps }: Pick<HttpParts, 'config' | 'deps'>) {
  const limits = new UploadLimits(config);
  return async (request: FastifyRequest<ArtifactAddress>, reply: FastifyReply): Promise<StoredBlob> => {
    const { ip } = request;
    const sha256 = checkDigest(request.params.sha256);
    if (Number(request.headers['content-length'] ?? 0) > config.maxUploadBytes) throw tooLarge(config.maxUploadBytes);
    requireWholeAndPlain(request);
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
