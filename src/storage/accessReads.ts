import type { Reads } from '../ports.js';
import { idempotencyFromRow, tokenFromRow } from './accessMapping.js';
import { IdempotencyRow } from './idempotencyRow.js';
import type { Session } from './session.js';
import { sql } from './sql.js';
import { TokenRow } from './tokenRow.js';

export function accessReads(session: Session): Pick<Reads, 'token' | 'tokenByHash' | 'tokens' | 'idempotency'> {
  return {
    async token(id) {
      const row = await session.findOne(TokenRow, { id });
      return row === null ? null : tokenFromRow(row);
    },
    async tokenByHash(hash) {
      const row = await session.findOne(TokenRow, { hash });
      return row === null ? null : tokenFromRow(row);
    },
    async tokens() {
      const rows = await session.rows<TokenRow>(sql`SELECT * FROM tokens ORDER BY created_at, id`);
      return rows.map(tokenFromRow);
    },
    async idempotency(operation, key) {
      const row = await session.findOne(IdempotencyRow, { operation, key });
      return row === null ? null : idempotencyFromRow(row);
    },
  };
}
