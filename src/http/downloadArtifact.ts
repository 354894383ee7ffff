import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';
import { JuaraError } from '../domain/errors.js';
import type { BlobStore, Deps } from '../ports.js';
import { checkDigest } from './checkDigest.js';
import { contentDisposition } from './contentDisposition.js';
import type { HttpParts } from './httpParts.js';
import { requestedRange } from './requestedRange.js';
import { requireReadable } from './requireReadable.js';
import { callerOf } from './routeRights.js';
import { TransportError } from './transportError.js';
import type { ArtifactAddress } from './uploadArtifact.js';
import { verifiedBytes } from './verifiedBytes.js';

interface Download extends ArtifactAddress {
  Querystring: { name?: string | string[] };
}

/** An artifact never changes, so that a reader who may see it may keep it for ever; `private`: a shared cache does not check tokens. */
const FOR_EVER = 'private, max-age=31536000, immutable';

function describe(reply: FastifyReply, etag: string, name: string): void {
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': FOR_EVER,
    'content-type': 'application/octet-stream',
    'content-disposition': contentDisposition(name),
    vary: 'authorization',
  });
}

/** Up to so many bytes a blob that was not looked at yet is hashed before the first is sent: at 500 MB a second nobody notices. */
const CHECKED_FIRST = 64 * 2 ** 20;

/** Size of a blob that may be sent. ARTIFACT_DAMAGED or ARTIFACT_MISSING where its bytes are not those that the registry holds it for. */
async function soundSize({ store, blobs }: Deps, sha256: string): Promise<number> {
  const size = await blobs.size(sha256);
  if (size === null && (await store.reads.versionsWithFile(sha256, 1)).length === 0) {
    throw new JuaraError('ARTIFACT_NOT_FOUND', `no artifact ${sha256} was uploaded: PUT it to this address`);
  }
  const known = blobs.damaged().some((d) => d.sha256 === sha256);
  const state = size === null || size <= CHECKED_FIRST || known ? await blobs.check(sha256) : 'ok';
  if (size === null || state === 'missing')
    throw new JuaraError('ARTIFACT_MISSING', `artifact ${sha256} is gone: restore it from a backup`);
  if (state === 'ok') return size;
  throw new JuaraError('ARTIFACT_DAMAGED', `artifact ${sha256} has SHA-256 ${state.actual} by now: restore it from a backup`);
}

/** The blob whole. Where it turns out to be damaged on the way, the store reads it again for itself, so that health tells of it. */
function wholeBlob(blobs: BlobStore, sha256: string): Readable {
  const bytes = verifiedBytes(sha256, blobs.read(sha256));
  bytes.once('error', () => void blobs.check(sha256).catch(() => undefined));
  return bytes;
}

/** GET and HEAD: the bytes, or a range of them. Always as a download: what a client once uploaded must not run as a page. */
export function downloadArtifact({ deps }: Pick<HttpParts, 'deps'>) {
  return async (request: FastifyRequest<Download>, reply: FastifyReply): Promise<FastifyReply> => {
    const sha256 = checkDigest(request.params.sha256);
    await requireReadable(deps.store.reads, callerOf(request), sha256);
    const size = await soundSize(deps, sha256);
    const etag = `"${sha256}"`;
    // Without Cache-Control: some clients add no-cache of their own to every If-None-Match, and these bytes never change.
    const cached = fresh({ 'if-none-match': request.headers['if-none-match'] }, { etag });
    const range = requestedRange(request.headers, size, etag);
    if (range === 'unsatisfiable' && !cached) {
      reply.header('content-range', `bytes */${size}`);
      throw new TransportError('RANGE_NOT_SATISFIABLE', `the artifact has ${size} bytes`);
    }
    const name = [request.query.name ?? sha256].flat()[0] ?? sha256;
    describe(reply, etag, name);
    if (cached) return reply.code(304).send();
    const part = typeof range === 'object' ? range : null;
    if (part !== null) reply.code(206).header('content-range', `bytes ${part.start}-${part.end}/${size}`);
    reply.header('content-length', part === null ? size : part.end - part.start + 1);
    if (request.method === 'HEAD') return reply.send(null);
    return reply.send(part === null ? wholeBlob(deps.blobs, sha256) : deps.blobs.read(sha256, part));
  };
}
