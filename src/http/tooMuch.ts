import { JuaraError } from '../domain/errors.js';

/** RATE_LIMITED; `ms` is when to come again. */
export function tooMuch(message: string, ms: number): JuaraError {
  const retryAfter = Math.max(1, Math.ceil(ms / 1000));
  return new JuaraError('RATE_LIMITED', `${message}: try again in ${retryAfter} s`, { retryAfter });
}
