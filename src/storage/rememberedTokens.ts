import { LRUCache } from 'lru-cache';
import type { TokenRecord } from '../domain/records.js';
import type { Reads } from '../ports.js';

const KEPT = 1_000;

/** Tokens by the hash of their secret, for a process that makes every change of them itself. */
export interface RememberedTokens extends Pick<Reads, 'tokenByHash'> {
  /** After the commit of a change of any token. */
  forget(): void;
}

export function rememberedTokens({ tokenByHash }: Pick<Reads, 'tokenByHash'>): RememberedTokens {
  const known = new LRUCache<string, TokenRecord>({ max: KEPT });
  let changes = 0;
  return {
    async tokenByHash(hash) {
      const remembered = known.get(hash);
      if (remembered !== undefined) return remembered;
      const before = changes;
      const token = await tokenByHash(hash);
      // What was read while a change was committed may be the state before it.
      if (token !== null && changes === before) known.set(hash, token);
      return token;
    },
    forget() {
      changes += 1;
      known.clear();
    },
  };
}
