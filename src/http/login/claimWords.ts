import type { JWTPayload } from 'jose';

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** The claim of this name, or else what the dotted path leads to: names may hold dots themselves, as in `https://example.org/roles`. */
export function claimAt(claims: JWTPayload, path: string): unknown {
  return own(claims, path) ?? path.split('.').reduce<unknown>((value, key) => own(value, key), claims);
}

/** The strings of a list; a text counts as a whole and as its words, as `scope` is written (RFC 8693, 4.2). Null for anything else. */
export function claimWords(claims: JWTPayload, path: string): readonly string[] | null {
  const claim = claimAt(claims, path);
  if (typeof claim === 'string') return [claim, ...claim.split(' ')].filter((word) => word !== '');
  return Array.isArray(claim) && claim.every((word) => typeof word === 'string') ? claim : null;
}
