import { createPublicKey, verify } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A signed statement that the log had `seq` events ending in `hash`. Keep the last one you saw: it unmasks a log cut short. */
export interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  readonly publicKey: string;
  readonly signature: string;
  /** Stands right after event `seq`. */
  readonly cursor: string;
  /** Id of the registry, of which the hash before event 1 is made. */
  readonly registry: string;
}

export const CHECKPOINT_FIELDS = 'seq hash at publicKey signature cursor registry';

/** True where the checkpoint was signed with the key that it names: Ed25519 over the canonical JSON of {at, hash, seq} (docs/log.md). */
export function checkpointHolds({ at, hash, seq, publicKey, signature }: Checkpoint): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    const statement = Buffer.from(canonicalize({ at: Date.parse(at), hash, seq }) ?? '');
    return key.asymmetricKeyType === 'ed25519' && verify(null, statement, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
