import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { type Actor, type Role, requireRole } from '../domain/actor.js';
import type { Authenticate } from './authenticate.js';
import { loginOf } from './loginOf.js';

/**
 * What a route takes, declared beside it as `config: { requires }`: a role, checked before its body is read; `open`: nothing;
 * `schema`: the GraphQL fields that are asked for say it, each beside itself (@Requires).
 */
export type RouteRight = Role | 'open' | 'schema';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly requires?: RouteRight;
  }
  interface FastifyRequest {
    /** Who asks, where the route takes a role. */
    actor: Actor | null;
  }
}

/** Puts every route that is added from now on behind the right that it declares; adding one that declares none throws. */
export function routeRights(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('actor', null);
  app.addHook('onRoute', (route: RouteOptions) => {
    if (route.config?.requires !== undefined) return;
    throw new Error(`${[route.method].flat().join(', ')} ${route.url} declares no right: give it config.requires`);
  });
  app.addHook('onRequest', async (request) => {
    const { requires } = request.routeOptions.config;
    // Undefined: no route, and the answer is that there is nothing here.
    if (requires === undefined || requires === 'open' || requires === 'schema') return;
    request.actor = requireRole(await authenticate(loginOf(request)), requires);
  });
}

/** The actor that the route's right has let in. */
export function callerOf({ actor, method, url }: FastifyRequest): Actor {
  if (actor === null) throw new Error(`${method} ${url} is served without a role: its config.requires must be one`);
  return actor;
}
