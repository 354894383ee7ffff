import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { type Actor, OIDC_NAME_PREFIX, type Role, requireRole } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { checkLabel, checkModelName } from '../domain/names.js';
import type { Millis, TokenRecord } from '../domain/records.js';
import type { Deps } from '../ports.js';

export interface CreateTokenInput {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt?: Millis | null;
  readonly models?: readonly string[] | null;
}

/** What storage keeps of a secret: SHA-256 is enough, because the secret has 256 bits of entropy. */
export function tokenHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The secret is in the answer and nowhere else. */
export async function createToken(
  deps: Pick<Deps, 'store' | 'now'>,
  actor: Actor,
  input: CreateTokenInput,
): Promise<{ token: TokenRecord; secret: string }> {
  requireRole(actor, 'ADMIN');
  if (input.name.trim().toLowerCase().startsWith(OIDC_NAME_PREFIX)) {
    throw new JuaraError('INVALID_NAME', `names that begin with ${OIDC_NAME_PREFIX} are those of an identity provider: choose another one`);
  }
  const now = deps.now();
  if (input.expiresAt != null && input.expiresAt <= now) throw new JuaraError('INVALID_INPUT', 'expiresAt is in the past');
  const secret = `juara_${randomBytes(32).toString('base64url')}`;
  const token: TokenRecord = {
    id: uuid(),
    name: checkLabel(input.name, 'the token name', 100),
    role: input.role,
    models: input.models == null ? null : input.models.map((m) => checkModelName(m)),
    hash: tokenHash(secret),
    createdAt: now,
    expiresAt: input.expiresAt ?? null,
    revokedAt: null,
  };
  await deps.store.inTransaction(async (tx) => {
    await tx.insertToken(token);
    const data = {
      id: token.id,
      name: token.name,
      role: token.role,
      models: token.models === null ? null : [...token.models],
      expiresAt: token.expiresAt,
    };
    await tx.append({ type: 'TOKEN_CREATED', at: now, actor: actor.name, model: null, data });
  });
  return { token, secret };
}
