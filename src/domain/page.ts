import { JuaraError } from './errors.js';

export const MAX_PAGE = 1000;

/** What a list was asked for: `first` items after the opaque `after`. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

/** One page; `cursors[i]` is the place after `nodes[i]`. */
export interface Page<T> {
  readonly nodes: readonly T[];
  readonly cursors: readonly string[];
  readonly hasNextPage: boolean;
}

export function checkFirst(first: number): number {
  if (!Number.isInteger(first) || first < 0 || first > MAX_PAGE) {
    throw new JuaraError('INVALID_INPUT', `first is ${first}: ask for 0 to ${MAX_PAGE} and go on from endCursor`);
  }
  return first;
}

/** A keyset cursor: the sort values of the last row, opaque to clients. */
export function encodeKey(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a keyset cursor back; `kinds` says which types its parts must have. */
export function decodeKey(text: string, kinds: readonly ('string' | 'number')[]): (string | number)[] {
  let key: unknown = null;
  try {
    key = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    // Falls through to the one error below.
  }
  if (Array.isArray(key) && key.length === kinds.length && kinds.every((kind, i) => typeof key[i] === kind)) return key;
  throw new JuaraError('CURSOR_INVALID', 'the `after` is not of this list: take it from endCursor or an edge of the same query');
}
