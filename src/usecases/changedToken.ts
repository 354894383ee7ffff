import { JuaraError } from '../domain/errors.js';
import type { Millis, TokenRecord } from '../domain/records.js';
import type { Tx } from '../ports.js';
import { administers } from './administers.js';

/**
 * The token before and after `change`, with all tokens locked until the transaction ends, so that two ADMINs who end each other are
 * answered one after the other. LAST_ADMIN where nobody would be left to make another token.
 */
export async function changedToken(
  tx: Tx,
  id: string,
  now: Millis,
  change: (before: TokenRecord) => TokenRecord,
): Promise<{ before: TokenRecord; after: TokenRecord }> {
  const tokens = await tx.lockTokens();
  const before = tokens.find((token) => token.id === id);
  if (before === undefined) {
    throw new JuaraError('TOKEN_NOT_FOUND', `there is no token ${JSON.stringify(id.slice(0, 100))}: \`juara token list\` shows them`);
  }
  const after = change(before);
  const left = tokens.map((token) => (token === before ? after : token)).some((token) => administers(token, now));
  if (administers(before, now) && !left) {
    throw new JuaraError('LAST_ADMIN', `${before.name} is the last ADMIN token: create another one first`);
  }
  return { before, after };
}
