import { resolve } from 'node:path';
import { JuaraError } from '../domain/errors.js';

export type DatabaseUrl = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** `sqlite:<file>` (a relative one is taken from the working directory), `postgres://...` or `postgresql://...`. */
export function parseDatabaseUrl(url: string): DatabaseUrl {
  if (/^postgres(ql)?:\/\//.test(url)) return { kind: 'postgres', url };
  const file = /^sqlite:(?:\/\/)?(.+)$/s.exec(url)?.[1];
  if (file === undefined || file.startsWith(':memory:')) {
    // The URL may hold a password, so it is not repeated.
    throw new JuaraError('CONFIG_INVALID', 'the database URL is neither sqlite:<file> nor postgres://user:password@host/database');
  }
  return { kind: 'sqlite', file: resolve(file) };
}
