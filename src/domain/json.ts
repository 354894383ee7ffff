import canonicalize from 'canonicalize';
import { JuaraError } from './errors.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Canonical JSON (RFC 8785): equal values give equal bytes. */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new JuaraError('INVALID_INPUT', 'the value is not JSON');
  return text;
}

/** Refuses NaN and Infinity, which JSON.stringify would silently turn into null; says where it stands. */
export function checkFinite(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new JuaraError('INVALID_NUMBER', `${path} is ${value}: send a finite number, or leave it out`);
  }
  if (Array.isArray(value)) for (const [i, item] of value.entries()) checkFinite(item, `${path}[${i}]`);
  else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) checkFinite(item, `${path}.${key}`);
  }
}
