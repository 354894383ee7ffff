import { JuaraError } from '../domain/errors.js';

/** What stands beside an error in the head of the answer: how to log in (RFC 6750), or when to come again (RFC 9110, in seconds). */
export function errorHeaders(error: unknown): Record<string, string> {
  if (!(error instanceof JuaraError)) return {};
  if (error.code === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer' };
  if (error.code === 'RATE_LIMITED') return { 'retry-after': String(error.details.retryAfter) };
  return {};
}
