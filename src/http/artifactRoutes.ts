import type { FastifyInstance } from 'fastify';
import { downloadArtifact } from './downloadArtifact.js';
import type { HttpParts } from './httpParts.js';
import { uploadArtifact } from './uploadArtifact.js';

export const ARTIFACT_ROUTE = '/artifacts/:sha256';

/** /artifacts/<sha256>. In a context of its own, where no body is parsed: an upload is bytes, whatever its Content-Type says. */
export function artifactRoutes(parts: HttpParts) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _body, done) => done(null));
    app.put(ARTIFACT_ROUTE, { config: { requires: 'AUTOMATION' } }, uploadArtifact(parts));
    app.route({ method: ['GET', 'HEAD'], url: ARTIFACT_ROUTE, config: { requires: 'VIEWER' }, handler: downloadArtifact(parts) });
  };
}
