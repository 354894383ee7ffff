import { JuaraError } from './errors.js';
import type { Millis } from './records.js';

/** Each role may do what those before it may. */
export const ROLES = ['VIEWER', 'AUTOMATION', 'OPERATOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. `models` null: every model; otherwise only those named. `tokenId` is null where no token of ours was sent. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
  readonly models: readonly string[] | null;
  readonly tokenId: string | null;
  /** When the rights end by themselves; null or left out: never. */
  readonly expiresAt?: Millis | null;
}

/** Begins the names of actors whom an identity provider vouches for; no token of ours may be called so. */
export const OIDC_NAME_PREFIX = 'oidc:';

/** The registry's own doing: imports at start-up, recoveries. */
export const SYSTEM: Actor = { name: 'juara', role: 'ADMIN', models: null, tokenId: null };

export function hasRole(actor: Actor, required: Role): boolean {
  return ROLES.indexOf(actor.role) >= ROLES.indexOf(required);
}

export function mayTouch(actor: Actor, model: string | null): boolean {
  return actor.models === null || (model !== null && actor.models.includes(model));
}

export function requireRole(actor: Actor | null, required: Role): Actor {
  if (actor === null) throw new JuaraError('UNAUTHENTICATED', 'send a token: Authorization: Bearer <token>');
  if (!hasRole(actor, required)) {
    throw new JuaraError('FORBIDDEN', `${actor.name} is ${actor.role}; this takes ${required}`, { required });
  }
  return actor;
}

export function requireModel(actor: Actor, model: string | null): void {
  if (!mayTouch(actor, model)) throw new JuaraError('FORBIDDEN', `the token of ${actor.name} is not for ${model ?? 'the whole registry'}`);
}
