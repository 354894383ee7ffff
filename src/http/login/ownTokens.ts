import { createHash } from 'node:crypto';
import { JuaraError } from '../../domain/errors.js';
import type { Millis } from '../../domain/records.js';
import type { Reads } from '../../ports.js';
import type { TokenLogin } from '../authenticate.js';

function refuse(message: string): never {
  throw new JuaraError('UNAUTHENTICATED', message);
}

/** Tokens that this registry gave out. */
export function ownTokens(reads: Pick<Reads, 'tokenByHash'>, now: () => Millis): TokenLogin {
  return async (secret) => {
    const token = await reads.tokenByHash(createHash('sha256').update(secret).digest('hex'));
    if (token === null) refuse('the token is unknown here: check that it belongs to this server');
    const name = JSON.stringify(token.name);
    if (token.revokedAt !== null) refuse(`the token ${name} was revoked: ask an ADMIN for another one`);
    if (token.expiresAt !== null && token.expiresAt <= now()) {
      refuse(`the token ${name} expired at ${new Date(token.expiresAt).toISOString()}: ask an ADMIN for another one`);
    }
    return { name: token.name, role: token.role, models: token.models, tokenId: token.id, expiresAt: token.expiresAt };
  };
}
