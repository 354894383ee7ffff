import type { Millis, TokenRecord } from '../domain/records.js';

/** Whether the token makes its bearer one who can make another token: nobody else gets a registry back into hand. */
export function administers({ role, models, revokedAt, expiresAt }: TokenRecord, now: Millis): boolean {
  return role === 'ADMIN' && models === null && revokedAt === null && (expiresAt === null || expiresAt > now);
}
