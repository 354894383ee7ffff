import { Extensions } from 'type-graphql';
import type { Role } from '../domain/actor.js';

/**
 * Which models a root field touches, for tokens that are bound to some:
 * a path (`model`, `input.model`, ...): the argument that names the model, checked before the resolver runs;
 * `filtered`: the resolver leaves out what is not the actor's; `loaded`: the model is known only once the resolver has loaded it, and
 * it checks then; `registry`: the whole registry, so a bound token is refused; `none`: no model's affair.
 */
export type Scope = 'model' | 'name' | 'input.model' | 'input.name' | 'filtered' | 'loaded' | 'registry' | 'none';

export interface Right {
  readonly role: Role;
  readonly scope: Scope;
}

export const RIGHT = 'juaraRight';

/** The right that a Query, Mutation or Subscription field takes. A root field without one makes the build of the schema fail. */
export function Requires(role: Role, scope: Scope): MethodDecorator {
  const right: Right = { role, scope };
  return Extensions({ [RIGHT]: right }) as MethodDecorator;
}
