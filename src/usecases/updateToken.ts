import { type Actor, type Role, requireModel, requireRole } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import { checkLabel, checkModelName } from '../domain/names.js';
import type { Millis, TokenRecord } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { changedToken } from './changedToken.js';

/** What is left out stays as it is; null sets `models` to all and `expiresAt` to never, and leaves the others. */
export interface UpdateTokenInput {
  readonly id: string;
  readonly name?: string | null;
  readonly role?: Role | null;
  readonly models?: readonly string[] | null;
  readonly expiresAt?: Millis | null;
}

type Changes = Partial<Pick<TokenRecord, 'name' | 'role' | 'models' | 'expiresAt'>>;

/** Changes what a token may do, or until when. Its open sockets are closed where its role or models change. */
export async function updateToken(deps: Pick<Deps, 'store' | 'now'>, actor: Actor, input: UpdateTokenInput): Promise<TokenRecord> {
  requireRole(actor, 'ADMIN');
  requireModel(actor, null);
  return deps.store.inTransaction(async (tx) => {
    const now = deps.now();
    const wishes = checked(input, now);
    const { before, after } = await changedToken(tx, input.id, now, (token) => ({ ...token, ...wishes }));
    if (before.revokedAt !== null) throw new JuaraError('INVALID_INPUT', `the token ${before.name} was revoked: create another one`);
    const changed = differing(before, wishes);
    if (changed.length === 0) return before;
    await tx.updateToken(after.id, picked(after, changed));
    const data: JsonObject = { id: before.id, name: before.name, before: picked(before, changed), after: picked(after, changed) };
    await tx.append({ type: 'TOKEN_CHANGED', at: now, actor: actor.name, model: null, data });
    return after;
  });
}

function checked({ name, role, models, expiresAt }: UpdateTokenInput, now: Millis): Changes {
  if (expiresAt != null && expiresAt <= now) {
    throw new JuaraError('INVALID_INPUT', 'expiresAt is in the past: revoke the token to end it now');
  }
  return {
    ...(name == null ? {} : { name: checkLabel(name, 'the token name', 100) }),
    ...(role == null ? {} : { role }),
    ...(models === undefined ? {} : { models: models === null ? null : models.map((model) => checkModelName(model)) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function differing(before: TokenRecord, wishes: Changes): (keyof Changes)[] {
  const keys = Object.keys(wishes) as (keyof Changes)[];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(wishes[key]));
}

function picked({ name, role, models, expiresAt }: TokenRecord, keys: readonly (keyof Changes)[]) {
  const all = { name, role, models: models === null ? null : [...models], expiresAt };
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}
