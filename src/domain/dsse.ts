import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { JuaraError } from './errors.js';

/** The only payload that is taken: an in-toto statement as JSON. */
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
/** Characters of an envelope as JSON: some 300 files. Real ones have one to three thousand. */
const MAX_ENVELOPE = 65_536;
const MAX_SIGNATURES = 8;
const ED25519_BYTES = 64;

/** One signature of an envelope and what it is over. An envelope with several is kept as several of these. */
export interface DsseSignature {
  /** As the envelope names it, empty where it does not. Anyone can write anything here. */
  readonly keyId: string;
  /** The bytes that are signed, base64 (standard alphabet, padded). */
  readonly payload: string;
  /** Base64, the same. */
  readonly sig: string;
}

export interface DsseEnvelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

// What DSSE does not know is left out, as its specification asks for.
const envelopeSchema = z.object({
  payloadType: z.literal(PAYLOAD_TYPE),
  payload: z.string(),
  signatures: z
    .array(z.object({ keyid: z.string().max(200).nullish(), sig: z.string() }))
    .min(1)
    .max(MAX_SIGNATURES),
});

export function refuseSignature(why: string): never {
  throw new JuaraError('SIGNATURE_INVALID', `the signature is refused: ${why}`);
}

/** What a signature is over (DSSE 1.0, pre-authentication encoding): type and length are signed too, so neither can be swapped. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/**
 * The signatures of a DSSE envelope, or of the one in a Sigstore bundle (`dsseEnvelope`). Looks at their form alone; SIGNATURE_INVALID
 * says what is wrong with it.
 */
export function readEnvelope(json: unknown): DsseSignature[] {
  if ((JSON.stringify(json)?.length ?? 0) > MAX_ENVELOPE) refuseSignature(`the envelope has more than ${MAX_ENVELOPE} characters`);
  const bundled = z.object({ dsseEnvelope: z.unknown() }).safeParse(json);
  const parsed = envelopeSchema.safeParse(bundled.success && bundled.data.dsseEnvelope !== undefined ? bundled.data.dsseEnvelope : json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuseSignature(`${issue?.path.join('.') || 'the envelope'}: ${issue?.message ?? 'unreadable'}`);
  }
  const payload = decodeBase64(parsed.data.payload, 'payload').toString('base64');
  return parsed.data.signatures.map(({ keyid, sig }, i) => {
    const bytes = decodeBase64(sig, `signatures.${i}.sig`);
    if (bytes.length !== ED25519_BYTES) {
      refuseSignature(
        `signatures.${i}.sig has ${bytes.length} bytes: an Ed25519 signature has ${ED25519_BYTES}, and no other kind is taken`,
      );
    }
    return { keyId: keyid ?? '', payload, sig: bytes.toString('base64') };
  });
}

/** The envelope of one signature, in one form whatever form it came in. */
export function toEnvelope({ keyId, payload, sig }: DsseSignature): DsseEnvelope {
  return { payloadType: PAYLOAD_TYPE, payload, signatures: [{ keyid: keyId, sig }] };
}

/** Whether the bytes are signed with the key (Ed25519, SPKI DER, base64), whatever they say. */
export function signatureHolds({ payload, sig }: DsseSignature, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    const signed = preAuthenticationEncoding(PAYLOAD_TYPE, Buffer.from(payload, 'base64'));
    return key.asymmetricKeyType === 'ed25519' && verify(null, signed, key, Buffer.from(sig, 'base64'));
  } catch {
    return false;
  }
}

/** DSSE allows both alphabets. Node would skip what is not base64, so that many texts would mean the same bytes: only one may. */
function decodeBase64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const plain = text.replace(/=+$/, '');
  const padded = text === plain || text.length % 4 === 0;
  if (!padded || ![bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')].includes(plain)) {
    refuseSignature(`${what} is not base64`);
  }
  return bytes;
}
