import { createHash } from 'node:crypto';
import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { Millis } from '../domain/records.js';
import type { Reads } from '../ports.js';

/**
 * Who sent this Authorization header? The one door that GraphQL over HTTP, WebSockets and artifacts all pass. Null is nobody. A header
 * that does not hold a valid token is UNAUTHENTICATED and never falls back to the anonymous viewer: a client that has lost its
 * rights should learn of it.
 */
export type Authenticate = (login: Login) => Promise<Actor | null>;

export interface Login {
  /** The Authorization header, or what stands for it in ConnectionInit. */
  readonly authorization: string | undefined;
  /** Who sends it, as limits count (clientAddress). */
  readonly address: string;
}

/** Who comes without a token, where reading is free. */
export const ANONYMOUS: Actor = { name: 'anonymous', role: 'VIEWER', models: null, tokenId: null, expiresAt: null };

interface AuthenticateParts {
  readonly reads: Pick<Reads, 'tokenByHash'>;
  readonly now: () => Millis;
  /** What a request without the header is. */
  readonly anonymous: Actor | null;
}

/** RFC 6750: `Bearer` in any case, one token of b64token characters. */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
const MAX_HEADER = 4096;

function refuse(message: string): never {
  throw new JuaraError('UNAUTHENTICATED', message);
}

export function createAuthenticate({ reads, now, anonymous }: AuthenticateParts): Authenticate {
  return async ({ authorization }) => {
    if (authorization === undefined) return anonymous;
    const secret = authorization.length <= MAX_HEADER ? BEARER.exec(authorization)?.[1] : undefined;
    if (secret === undefined) refuse('the Authorization header is malformed: send Authorization: Bearer <token>');
    const token = await reads.tokenByHash(createHash('sha256').update(secret).digest('hex'));
    if (token === null) refuse('the token is unknown here: check that it belongs to this server');
    if (token.revokedAt !== null) refuse(`the token ${JSON.stringify(token.name)} was revoked: ask an ADMIN for another one`);
    if (token.expiresAt !== null && token.expiresAt <= now()) {
      refuse(`the token ${JSON.stringify(token.name)} expired at ${new Date(token.expiresAt).toISOString()}: ask an ADMIN for another one`);
    }
    return { name: token.name, role: token.role, models: token.models, tokenId: token.id, expiresAt: token.expiresAt };
  };
}
