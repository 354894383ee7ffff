import type { Reads } from '../ports.js';
import { idempotencyFromRow, tokenFromRow } from './accessMapping.js';
import { IdempotencyRow } from './idempotencyRow.js';
import type { Session } from './session.js';
import { TokenRow } from './tokenRow.js';

export function accessReads({ manager }: Session): Pick<Reads, 'token' | 'tokenByHash' | 'tokens' | 'idempotency'> {
  return {
    async token(id) {
      const row = await manager.findOneBy(TokenRow, { id });
      return row === null ? null : tokenFromRow(row);
    },
    async tokenByHash(hash) {
      const row = await manager.findOneBy(TokenRow, { hash });
      return row === null ? null : tokenFromRow(row);
    },
    async tokens() {
      const rows = await manager.find(TokenRow, { order: { created_at: 'ASC', id: 'ASC' } });
      return rows.map(tokenFromRow);
    },
    async idempotency(operation, key) {
      const row = await manager.findOneBy(IdempotencyRow, { operation, key });
      return row === null ? null : idempotencyFromRow(row);
    },
  };
}
