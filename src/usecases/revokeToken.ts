import { type Actor, requireRole } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { Deps, Reads } from '../ports.js';

/** False where it was revoked before. The last ADMIN token that works cannot be revoked: nobody could make another. */
export async function revokeToken(deps: Pick<Deps, 'store' | 'now'>, actor: Actor, input: { readonly id: string }): Promise<boolean> {
  requireRole(actor, 'ADMIN');
  return deps.store.inTransaction(async (tx) => {
    const token = await tx.token(input.id);
    if (token === null) throw new JuaraError('TOKEN_NOT_FOUND', `there is no token ${JSON.stringify(input.id.slice(0, 100))}`);
    if (token.revokedAt !== null) return false;
    const now = deps.now();
    if (token.role === 'ADMIN' && !(await otherAdmin(tx, token.id, now))) {
      throw new JuaraError('LAST_ADMIN', `${token.name} is the last ADMIN token: create another one first`);
    }
    await tx.revokeToken(token.id, now);
    await tx.append({ type: 'TOKEN_REVOKED', at: now, actor: actor.name, model: null, data: { id: token.id, name: token.name } });
    return true;
  });
}

async function otherAdmin(reads: Reads, id: string, now: number): Promise<boolean> {
  const lasting = (expiresAt: number | null): boolean => expiresAt === null || expiresAt > now;
  return (await reads.tokens()).some(
    (t) => t.id !== id && t.role === 'ADMIN' && t.models === null && t.revokedAt === null && lasting(t.expiresAt),
  );
}
