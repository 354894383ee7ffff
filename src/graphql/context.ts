import type { Actor } from '../domain/actor.js';
import type { Deps, Feed } from '../ports.js';
import type { Loaders } from './loaders.js';

/** What every resolver is given; the transport makes one for each operation. `actor` null: nobody, who may do nothing. */
export interface JuaraContext {
  readonly actor: Actor | null;
  readonly deps: Deps;
  readonly feed: Feed;
  readonly loaders: Loaders;
}

/** The context behind a root field: its right has been checked (applyRights), so there is somebody. */
export interface CallerContext extends JuaraContext {
  readonly actor: Actor;
}
