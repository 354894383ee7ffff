import type { JWTPayload } from 'jose';
import type { OidcConfig } from '../../config/oidcConfig.js';
import { type Actor, OIDC_NAME_PREFIX, ROLES, type Role } from '../../domain/actor.js';
import { JuaraError } from '../../domain/errors.js';
import { checkLabel } from '../../domain/names.js';
import type { Millis } from '../../domain/records.js';
import { claimAt, claimWords } from './claimWords.js';

function refuse(message: string): never {
  throw new JuaraError('UNAUTHENTICATED', message);
}

function nameIn(claims: JWTPayload, { nameClaim }: OidcConfig): string {
  const name = claimAt(claims, nameClaim);
  if (typeof name !== 'string') refuse(`the access token has no text in its claim ${nameClaim} (JUARA_OIDC_NAME_CLAIM)`);
  try {
    return `${OIDC_NAME_PREFIX}${checkLabel(name, `the claim ${nameClaim}`)}`;
  } catch {
    // The name would stand in the log for ever.
    refuse(`the claim ${nameClaim} of the access token is empty, too long, or holds a control character (JUARA_OIDC_NAME_CLAIM)`);
  }
}

function roleIn(claims: JWTPayload, { roleClaim, roles }: OidcConfig): Role {
  const held = (claimWords(claims, roleClaim) ?? []).map((word) => roles.get(word));
  const highest = ROLES.findLast((role) => held.includes(role));
  if (highest !== undefined) return highest;
  throw new JuaraError('FORBIDDEN', `no value of the access token's claim ${roleClaim} is given a role here (JUARA_OIDC_ROLES)`);
}

function modelsIn(claims: JWTPayload, { modelsClaim }: OidcConfig): readonly string[] | null {
  if (modelsClaim === null) return null;
  const models = claimWords(claims, modelsClaim);
  // Without the claim the token is not "for all": a provider that forgets it must not widen anyone's rights.
  if (models === null) throw new JuaraError('FORBIDDEN', `the access token names no models in its claim ${modelsClaim} (* is all of them)`);
  return models.includes('*') ? null : models;
}

/** Whom the claims of a checked access token stand for, until `expiresAt`. */
export function oidcActor(claims: JWTPayload, expiresAt: Millis, config: OidcConfig): Actor {
  return {
    name: nameIn(claims, config),
    role: roleIn(claims, config),
    models: modelsIn(claims, config),
    tokenId: null,
    expiresAt,
  };
}
