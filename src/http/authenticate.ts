import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { FailedLogins } from './login/failedLogins.js';

/**
 * Who sent this Authorization header? The one door that GraphQL over HTTP, WebSockets and artifacts all pass. Null is nobody. A header
 * that does not hold a valid token is refused and never falls back to the anonymous viewer: a client that has lost its rights should
 * learn of it. UNAUTHENTICATED (the token), FORBIDDEN (it gives no role here), RATE_LIMITED (too many of those), or UNAVAILABLE (whether
 * it is valid cannot be told now).
 */
export type Authenticate = (login: Login) => Promise<Actor | null>;

export interface Login {
  /** The Authorization header, or what stands for it in ConnectionInit. */
  readonly authorization: string | undefined;
  /** Who sends it, as limits count (clientAddress). */
  readonly address: string;
  /** The same header was let in before on this connection: to look at it again is no attempt to get in, and is not counted as one. */
  readonly acknowledged?: boolean;
}

/** Whom a token stands for; throws where it is not valid. */
export type TokenLogin = (token: string) => Promise<Actor>;

/** Who comes without a token, where reading is free. */
export const ANONYMOUS: Actor = { name: 'anonymous', role: 'VIEWER', models: null, tokenId: null, expiresAt: null };

interface AuthenticateParts {
  readonly own: TokenLogin;
  /** Access tokens of an identity provider; null where none is trusted. */
  readonly oidc: TokenLogin | null;
  readonly failedLogins: FailedLogins;
  /** What a request without the header is. */
  readonly anonymous: Actor | null;
}

/** RFC 6750: `Bearer` in any case, one token of b64token characters. */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
/** Room for an access token with some hundred groups in it; Node itself takes 16 KiB of headers. */
const MAX_HEADER = 12_288;
/** JWS compact serialization (RFC 7515); our own tokens hold no dot. */
const JWT = /^[^.]+\.[^.]+\.[^.]*$/;

function bearerToken(authorization: string): string {
  const token = authorization.length <= MAX_HEADER ? BEARER.exec(authorization)?.[1] : undefined;
  if (token !== undefined) return token;
  throw new JuaraError('UNAUTHENTICATED', 'the Authorization header is malformed: send Authorization: Bearer <token>');
}

export function createAuthenticate({ own, oidc, failedLogins, anonymous }: AuthenticateParts): Authenticate {
  return async ({ authorization, address, acknowledged = false }) => {
    if (authorization === undefined) return anonymous;
    try {
      const token = bearerToken(authorization);
      return await (oidc !== null && JWT.test(token) ? oidc(token) : own(token));
    } catch (error) {
      throw acknowledged ? error : failedLogins.refusal(address, error);
    }
  };
}
