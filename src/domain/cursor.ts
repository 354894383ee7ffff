import { JuaraError } from './errors.js';

/** A place in one registry's log: after event `seq`, whose hash began with `mark` (8 hexadecimal digits; of the genesis for 0). */
export interface Cursor {
  readonly registry: string;
  readonly seq: number;
  readonly mark: string;
}

const PATTERN = /^j1\.([0-9a-f-]{36})\.(0|[1-9][0-9]{0,15})\.([0-9a-f]{8})$/;

export function formatCursor(registry: string, seq: number, hash: string): string {
  return Buffer.from(`j1.${registry}.${seq}.${hash.slice(0, 8)}`).toString('base64url');
}

export function parseCursor(text: string): Cursor {
  const match = text.length <= 120 ? PATTERN.exec(Buffer.from(text, 'base64url').toString('latin1')) : null;
  if (match === null) throw new JuaraError('CURSOR_INVALID', 'the cursor is not one of ours; after: "" starts at the first event');
  return { registry: match[1] as string, seq: Number(match[2]), mark: match[3] as string };
}
