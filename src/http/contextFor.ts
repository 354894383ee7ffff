import type { Actor } from '../domain/actor.js';
import type { JuaraContext } from '../graphql/context.js';
import { createLoaders } from '../graphql/loaders.js';
import type { HttpParts } from './httpParts.js';

/** The context of one operation, the same on both transports. */
export function contextFor({ deps, feed }: Pick<HttpParts, 'deps' | 'feed'>, actor: Actor | null): JuaraContext {
  return { actor, deps, feed, loaders: createLoaders(deps.store.reads) };
}
