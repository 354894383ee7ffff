import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type FileContent, fileSource, sha256Of, unreadable } from './fileSource.js';
import { JuaraClientError } from './JuaraClientError.js';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** A DSSE envelope around an in-toto statement; docs/signatures.md has its form. */
export interface SignatureEnvelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  /** keyid: SHA-256 of the public key as SPKI DER, hexadecimal. sig: base64. */
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** What is signed: a version, and the digest of each of its files. */
export interface FilesToSign {
  readonly model: string;
  readonly version: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** Name in the version's folder -> path on this machine, or bytes; to the digests that a statement is made of. Reads each once. */
export async function hashFiles(files: Readonly<Record<string, FileContent>>): Promise<{ name: string; sha256: string }[]> {
  return Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      const source = await fileSource(content);
      const sha256 = await sha256Of(source, () => {}).catch((error: unknown) => {
        throw unreadable(name, error);
      });
      return { name, sha256 };
    }),
  );
}

/** Signs with an Ed25519 private key (PEM, PKCS#8, without a passphrase). Needs no server; INVALID_KEY or INVALID_INPUT. */
export function signFiles(privateKey: string, what: FilesToSign): SignatureEnvelope {
  if (what.files.length === 0) throw new JuaraClientError('INVALID_INPUT', 'there are no files to sign');
  const key = privateKeyOf(privateKey);
  const payload = Buffer.from(JSON.stringify(statement(what)));
  // DSSE's pre-authentication encoding: what is signed is the type and the bytes, each with its length.
  const head = `DSSEv1 ${Buffer.byteLength(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${payload.byteLength} `;
  const sig = sign(null, Buffer.concat([Buffer.from(head), payload]), key).toString('base64');
  return { payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures: [{ keyid: keyIdOf(key), sig }] };
}

/** The statement of OpenSSF Model Signing 1.0; its subject bears the name of the version's folder. */
function statement({ model, version, files }: FilesToSign): object {
  const resources = files
    .map(({ name, sha256 }) => ({ name, algorithm: 'sha256', digest: sha256 }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const root = createHash('sha256');
  for (const { digest } of resources) root.update(digest, 'hex');
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: `${model}_v${version}`, digest: { sha256: root.digest('hex') } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      resources,
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: ['metadata.json'] },
    },
  };
}

function keyIdOf(privateKey: KeyObject): string {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

function privateKeyOf(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Falls through to the one refusal below, which repeats nothing of the key.
  }
  throw new JuaraClientError('INVALID_KEY', 'the key is no Ed25519 private key (PEM, PKCS#8, no passphrase): `juara keygen` makes one');
}
