import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './json.js';
import type { Millis } from './records.js';

/** A signed statement that the log had `seq` events, the last of them with `hash`. */
export interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
  readonly at: Millis;
  /** Ed25519 public key, SPKI DER, base64. */
  readonly publicKey: string;
  /** Ed25519 (RFC 8032) over the canonical JSON (RFC 8785) of {at, hash, seq}, base64. */
  readonly signature: string;
}

function statement(c: { seq: number; hash: string; at: Millis }): Buffer {
  return Buffer.from(canonicalJson({ at: c.at, hash: c.hash, seq: c.seq }));
}

export function signCheckpoint(key: KeyObject, head: { seq: number; hash: string }, at: Millis): Checkpoint {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  const body = { seq: head.seq, hash: head.hash, at };
  return { ...body, publicKey, signature: sign(null, statement(body), key).toString('base64') };
}

/** True where the checkpoint was signed with the key that it names. Whether that key is the registry's is for the caller to know. */
export function checkpointHolds(c: Checkpoint): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(c.publicKey, 'base64'), type: 'spki', format: 'der' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, statement(c), key, Buffer.from(c.signature, 'base64'));
  } catch {
    return false;
  }
}
