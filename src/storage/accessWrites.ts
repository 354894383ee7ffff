import { JuaraError } from '../domain/errors.js';
import type { Tx } from '../ports.js';
import { idempotencyToRow, tokenToRow } from './accessMapping.js';
import { IdempotencyRow } from './idempotencyRow.js';
import type { Session } from './session.js';
import { TokenRow } from './tokenRow.js';

export function accessWrites(session: Session): Pick<Tx, 'insertToken' | 'revokeToken' | 'rememberIdempotency'> {
  return {
    insertToken: (token) => session.insert(TokenRow, [tokenToRow(token)]),
    async revokeToken(id, at) {
      const row = await session.findOne(TokenRow, { id });
      if (row === null) throw new JuaraError('TOKEN_NOT_FOUND', `there is no token ${id}`);
      // The first revocation is the one that counts.
      if (row.revoked_at === null) await session.update(TokenRow, { id }, row, { ...row, revoked_at: at });
    },
    rememberIdempotency: (record) => session.insert(IdempotencyRow, [idempotencyToRow(record)]),
  };
}
