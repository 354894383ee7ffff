import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { JuaraError } from './errors.js';
import { checkLabel } from './names.js';

/** Whom a policy believes: an Ed25519 key, and what people call it. */
export interface TrustedKey {
  readonly name: string;
  /** SPKI DER, base64. */
  readonly publicKey: string;
}

/** Each signature may have to be held against each of them. */
const MAX_KEYS = 16;

/**
 * The last 32 bytes of keys of small order, the sign bit (the highest of the last byte) put to 0: under such a key anyone can make
 * signatures that hold, and OpenSSL does not refuse it. y = 0, 1, p - 1, their forms above p, and the two of order 8 (RFC 8032 has p).
 */
const SMALL_ORDER = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/** SHA-256 of the key as SPKI DER, hexadecimal: what signers put into an envelope's keyid. */
export function keyFingerprint(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

/** The keys with each in one form; INVALID_INPUT names the one that is none, or comes twice. */
export function checkTrustedKeys(keys: readonly TrustedKey[]): TrustedKey[] {
  if (keys.length > MAX_KEYS) throw new JuaraError('INVALID_INPUT', `${keys.length} trusted keys: a policy names ${MAX_KEYS} at most`);
  const checked = keys.map(({ name, publicKey }) => ({
    name: checkLabel(name, "the trusted key's name"),
    publicKey: parsePublicKey(publicKey, name),
  }));
  for (const [i, key] of checked.entries()) {
    const twin = checked.slice(0, i).find((other) => other.name === key.name || other.publicKey === key.publicKey);
    if (twin !== undefined) throw new JuaraError('INVALID_INPUT', `trusted key ${JSON.stringify(key.name)} is given twice`);
  }
  return checked;
}

/** PEM or base64 DER (SPKI) to base64 DER. */
function parsePublicKey(text: string, name: string): string {
  const refuse = (why: string): never => {
    throw new JuaraError('INVALID_INPUT', `trusted key ${JSON.stringify(name)}: ${why}`);
  };
  const key = publicKeyOf(text);
  if (key?.asymmetricKeyType !== 'ed25519') return refuse('it is no Ed25519 public key (SPKI, as PEM or as DER in base64)');
  const der = key.export({ type: 'spki', format: 'der' });
  const point = der.subarray(-32);
  point[31] = (point[31] ?? 0) & 0x7f;
  if (SMALL_ORDER.has(point.toString('hex'))) return refuse('it is a key of small order, for which anyone can sign');
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

function publicKeyOf(text: string): KeyObject | null {
  try {
    if (!text.includes('-----BEGIN')) return createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });
    // createPublicKey takes a private key as well, and a policy is readable by everyone.
    return text.includes('PRIVATE KEY') ? null : createPublicKey(text);
  } catch {
    return null;
  }
}
