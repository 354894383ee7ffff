import { type Actor, requireRole } from '../domain/actor.js';
import type { Deps } from '../ports.js';
import { changedToken } from './changedToken.js';

/** False where it was revoked before. The last ADMIN token that works cannot be revoked: nobody could make another. */
export async function revokeToken(deps: Pick<Deps, 'store' | 'now'>, actor: Actor, input: { readonly id: string }): Promise<boolean> {
  requireRole(actor, 'ADMIN');
  return deps.store.inTransaction(async (tx) => {
    const now = deps.now();
    const { before } = await changedToken(tx, input.id, now, (token) => ({ ...token, revokedAt: token.revokedAt ?? now }));
    if (before.revokedAt !== null) return false;
    await tx.revokeToken(before.id, now);
    await tx.append({ type: 'TOKEN_REVOKED', at: now, actor: actor.name, model: null, data: { id: before.id, name: before.name } });
    return true;
  });
}
