import { errors, type JWTHeaderParameters, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { OidcConfig } from '../../config/oidcConfig.js';
import { JuaraError } from '../../domain/errors.js';
import type { Millis } from '../../domain/records.js';
import type { TokenLogin } from '../authenticate.js';
import { oidcActor } from './oidcActor.js';

/** Signatures that only the provider can make. With HS* whoever can check a token could make one, and the public key would do for it. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** Seconds by which the provider's clock may differ from ours. */
const CLOCK_TOLERANCE = 5;

/** RFC 9068, 2.1 (at+jwt), and what most providers still write. Logout tokens, DPoP proofs and the like name themselves. */
const TYPES = ['at+jwt', 'application/at+jwt', 'jwt'];
/** Claims of an ID token (OpenID Connect Core 1.0, 2 and 3.3.2.11), which says who someone is to a client and opens nothing. */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash'];

function refuse(message: string): never {
  throw new JuaraError('UNAUTHENTICATED', message);
}

function refuseOtherKinds({ typ }: JWTHeaderParameters, claims: JWTPayload): void {
  const notOne = 'the JWT is not an access token: send the one that the provider gave out as access_token';
  if (typ !== undefined && !TYPES.includes(typ.toLowerCase())) refuse(notOne);
  // Keycloak and Cognito say in the payload what a token is.
  const said = claims.typ ?? claims.token_use;
  if (said !== undefined && said !== 'Bearer' && said !== 'access') refuse(notOne);
  const isSaid = said !== undefined || (typ !== undefined && typ.toLowerCase() !== 'jwt');
  if (!isSaid && ID_TOKEN_CLAIMS.some((claim) => claim in claims)) refuse(notOne);
}

/** What jose says is of the kind of fault only, and never quotes the token. */
function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new JuaraError('UNAUTHENTICATED', 'the access token has expired: fetch another one');
  if (error instanceof errors.JOSEError) return new JuaraError('UNAUTHENTICATED', `the access token is not valid here: ${error.message}`);
  return error;
}

/** The last moment at which the token is taken; no later than a Date can be. */
function endOf({ exp = 0 }: JWTPayload): Millis {
  return Math.min((exp + CLOCK_TOLERANCE) * 1000, 8.64e15);
}

/** Access tokens of the identity provider: signature, issuer, audience and times are checked, and that it is an access token at all. */
export function oidcTokens(config: OidcConfig, keys: JWTVerifyGetKey, now: () => Millis): TokenLogin {
  return async (token) => {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: config.issuer,
      audience: config.audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp'],
      currentDate: new Date(now()),
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    refuseOtherKinds(protectedHeader, payload);
    return oidcActor(payload, endOf(payload), config);
  };
}
