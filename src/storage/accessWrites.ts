import { JuaraError } from '../domain/errors.js';
import type { Tx } from '../ports.js';
import { idempotencyToRow, tokenFromRow, tokenToRow } from './accessMapping.js';
import { IdempotencyRow } from './idempotencyRow.js';
import type { Session } from './session.js';
import { sql } from './sql.js';
import { TokenRow } from './tokenRow.js';

type AccessWrites = Pick<Tx, 'insertToken' | 'lockTokens' | 'updateToken' | 'revokeToken' | 'rememberIdempotency'>;

export function accessWrites(session: Session): AccessWrites {
  const found = async (id: string): Promise<TokenRow> => {
    const row = await session.findOne(TokenRow, { id });
    if (row === null) throw new JuaraError('TOKEN_NOT_FOUND', `there is no token ${id}`);
    return row;
  };
  return {
    insertToken: (token) => session.insert(TokenRow, [tokenToRow(token)]),
    async lockTokens() {
      const lock = session.dialect === 'postgres' ? sql` FOR UPDATE` : sql``;
      return (await session.rows<TokenRow>(sql`SELECT * FROM tokens ORDER BY id${lock}`)).map(tokenFromRow);
    },
    async updateToken(id, patch) {
      const row = await found(id);
      await session.update(TokenRow, { id }, row, tokenToRow({ ...tokenFromRow(row), ...patch }));
    },
    async revokeToken(id, at) {
      const row = await found(id);
      // The first revocation is the one that counts.
      if (row.revoked_at === null) await session.update(TokenRow, { id }, row, { ...row, revoked_at: at });
    },
    rememberIdempotency: (record) => session.insert(IdempotencyRow, [idempotencyToRow(record)]),
  };
}
