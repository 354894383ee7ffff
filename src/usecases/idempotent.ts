import { createHash } from 'node:crypto';
import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { checkLabel } from '../domain/names.js';
import type { IdempotencyRecord, Reads, Tx } from '../ports.js';

type Result = IdempotencyRecord['result'];

/** An input under its idempotency key; `model` scopes the key, so that two models' pipelines cannot meet in one. */
export interface Keyed {
  readonly operation: string;
  readonly key: string;
  readonly inputHash: string;
}

/** Null where the client sent no key. */
export function keyed(
  actor: Actor,
  operation: string,
  input: { readonly model: string; readonly idempotencyKey?: string | null | undefined },
): Keyed | null {
  if (input.idempotencyKey == null) return null;
  checkLabel(input.idempotencyKey, 'the idempotency key');
  const text = canonicalJson(JSON.parse(JSON.stringify({ ...input, idempotencyKey: null, actor: actor.name })) as Json);
  return {
    operation: `${operation}:${input.model}`,
    key: input.idempotencyKey,
    inputHash: createHash('sha256').update(text).digest('hex'),
  };
}

/** What the first call with this key made; null where there was none; IDEMPOTENCY_KEY_REUSED where its input was another. */
export async function firstResult(reads: Reads, keyed: Keyed | null): Promise<Result | null> {
  if (keyed === null) return null;
  const record = await reads.idempotency(keyed.operation, keyed.key);
  if (record === null) return null;
  if (record.inputHash !== keyed.inputHash) {
    throw new JuaraError(
      'IDEMPOTENCY_KEY_REUSED',
      `the idempotency key ${JSON.stringify(keyed.key)} was used with another input: take a new key`,
    );
  }
  return record.result;
}

export async function remember(tx: Tx, keyed: Keyed | null, result: Result): Promise<void> {
  if (keyed !== null) await tx.rememberIdempotency({ ...keyed, result });
}
