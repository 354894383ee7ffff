import { z } from 'zod';
import type { Checkpoint } from '../domain/checkpoint.js';
import { JuaraError } from '../domain/errors.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** As the API writes it: UTC with milliseconds, which are what is signed. */
const at = z
  .string()
  .refine((text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)), 'is no instant such as 2026-02-09T13:00:19.864Z')
  .transform((text) => Date.parse(text));

const checkpoint = z.object({
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256'),
  at,
  publicKey: z.string(),
  signature: z.string(),
});

/**
 * The checkpoints of a file: one as JSON, a list of them, or one a line; alone, or inside of the answer that brought it (`juara promote --json`, a
 * GraphQL response). Throws INVALID_INPUT, naming `source` and what is wrong.
 */
export function parseCheckpoints(text: string, source: string): Checkpoint[] {
  const whole = parseJson(text);
  const lines = whole === undefined ? text.split('\n').filter((line) => line.trim() !== '') : [];
  const values = whole === undefined ? lines.map(parseJson) : [whole].flat();
  if (values.length === 0) throw new JuaraError('INVALID_INPUT', `${source} is empty: it has to hold a checkpoint as JSON`);
  return values.map((value, i) => parsed(value, values.length > 1 ? `${source}, number ${i + 1}` : source));
}

function parsed(value: unknown, source: string): Checkpoint {
  const result = checkpoint.safeParse(within(value) ?? value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const what = value === undefined ? 'it is not JSON' : `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is not one'}`;
  throw new JuaraError('INVALID_INPUT', `${source} holds no checkpoint: ${what}`);
}

/** The first object with a public key, at most three names deep: data, promote, checkpoint. */
function within(value: unknown, depth = 3): unknown {
  if (value === null || typeof value !== 'object' || depth < 0) return undefined;
  if ('publicKey' in value) return value;
  for (const member of Object.values(value)) {
    const found = within(member, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
