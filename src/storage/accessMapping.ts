import type { TokenRecord } from '../domain/records.js';
import type { IdempotencyRecord } from '../ports.js';
import type { IdempotencyRow } from './idempotencyRow.js';
import { fromJson, fromJsonOrNull, toJson, toJsonOrNull } from './jsonColumn.js';
import type { TokenRow } from './tokenRow.js';

export function tokenToRow(token: TokenRecord): TokenRow {
  return {
    id: token.id,
    name: token.name,
    role: token.role,
    models: toJsonOrNull(token.models),
    hash: token.hash,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    revoked_at: token.revokedAt,
  };
}

export function tokenFromRow(row: TokenRow): TokenRecord {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    models: fromJsonOrNull(row.models),
    hash: row.hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

export function idempotencyToRow(record: IdempotencyRecord): IdempotencyRow {
  return { operation: record.operation, key: record.key, input_hash: record.inputHash, result: toJson(record.result) };
}

export function idempotencyFromRow(row: IdempotencyRow): IdempotencyRecord {
  return { operation: row.operation, key: row.key, inputHash: row.input_hash, result: fromJson(row.result) };
}
