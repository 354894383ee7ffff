import type { Role } from '../domain/actor.js';
import { type Environment, invalid, parsed, parsedOrNull } from './readSetting.js';
import { SERVER_SETTINGS as S } from './settings.js';

/** Whose access tokens are let in, and as what. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Null: found by discovery. */
  readonly jwksUri: string | null;
  readonly roleClaim: string;
  readonly roles: ReadonlyMap<string, Role>;
  /** Null: tokens are not bound to models. */
  readonly modelsClaim: string | null;
  readonly nameClaim: string;
}

/** Null where no provider is named. What would let nobody in, or do nothing, is refused. */
export function oidcConfig(env: Environment): OidcConfig | null {
  const issuer = parsedOrNull(env, S.oidcIssuer);
  if (issuer === null) {
    const useless = Object.keys(env).find((name) => name.startsWith('JUARA_OIDC_') && env[name]);
    if (useless !== undefined) throw invalid(`${useless} takes JUARA_OIDC_ISSUER beside it: without an issuer no access token is let in`);
    return null;
  }
  const audience = parsedOrNull(env, S.oidcAudience);
  if (audience === null) {
    throw invalid(
      'JUARA_OIDC_ISSUER takes JUARA_OIDC_AUDIENCE beside it: tokens that the provider gave out for others must not count here',
    );
  }
  return Object.freeze({
    issuer,
    audience,
    jwksUri: parsedOrNull(env, S.oidcJwksUri),
    roleClaim: parsed(env, S.oidcRoleClaim),
    roles: parsed(env, S.oidcRoles),
    modelsClaim: parsedOrNull(env, S.oidcModelsClaim),
    nameClaim: parsed(env, S.oidcNameClaim),
  });
}
