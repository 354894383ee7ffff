import type { FastifyRequest } from 'fastify';
import type { Login } from './authenticate.js';

export function loginOf(request: FastifyRequest): Login {
  return { authorization: request.headers.authorization, address: request.ip };
}
