import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorAnswer } from './errorAnswer.js';
import { errorHeaders } from './errorHeaders.js';

export const GRAPHQL_PATH = '/graphql';

/** Longest body that is read and dropped after its refusal, so that a client which is still sending comes to read the answer; bytes. */
const DROPPED_BYTES = 64 * 1024 * 1024;

/** The one place where an error becomes an HTTP answer: `{ code, message }`, on /graphql in the shape of a GraphQL response. */
export function replyWithError(error: unknown, request: FastifyRequest, reply: FastifyReply, maxBodyBytes: number): FastifyReply {
  const { status, code, message, masked } = errorAnswer(error, maxBodyBytes);
  if (masked) request.log.error({ err: error }, 'a request failed');
  reply.headers(errorHeaders(error));
  if (status === 503) reply.header('connection', 'close');
  if (status === 413 && Number(request.headers['content-length']) <= DROPPED_BYTES) reply.removeHeader('connection');
  const onGraphql = request.url.split('?', 1)[0] === GRAPHQL_PATH;
  // A download that fails before its first byte has described itself already.
  for (const header of ['content-length', 'content-disposition', 'etag']) reply.removeHeader(header);
  reply.type('application/json; charset=utf-8');
  const body = onGraphql ? { errors: [{ message, extensions: { code } }] } : { code, message };
  return reply.code(status).header('cache-control', 'no-store').send(body);
}
