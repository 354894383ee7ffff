import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Signs by the specifications alone, without a line of ours: what the product reads must not depend on what the product writes. */
export interface Signer {
  readonly name: string;
  readonly privateKey: string;
  /** PEM. */
  readonly publicKey: string;
  readonly publicDer: string;
  readonly keyId: string;
  readonly key: KeyObject;
}

export function aSigner(name: string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    name,
    key: privateKey,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicDer: der.toString('base64'),
    keyId: createHash('sha256').update(der).digest('hex'),
  };
}

export interface Envelope {
  payloadType: string;
  payload: string;
  signatures: { keyid?: string | null; sig: string }[];
}

const TYPE = 'application/vnd.in-toto+json';

/** The statement as OpenSSF Model Signing 1.0 has it, changed where a test wants it wrong. */
export function aStatement(id: string, files: Record<string, string>, spoil: (statement: object) => unknown = (s) => s): string {
  const resources = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, digest]) => ({ name, algorithm: 'sha256', digest }));
  const root = createHash('sha256').update(Buffer.concat(resources.map((r) => Buffer.from(r.digest, 'hex'))));
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: id, digest: { sha256: root.digest('hex') } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: { serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: ['.git'] }, resources },
  };
  return JSON.stringify(spoil(statement));
}

export function seal(statement: string | Uint8Array, signer: Signer, keyid: string | null = signer.keyId): Envelope {
  const payload = Buffer.from(statement);
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `), payload]);
  const sig = sign(null, signed, signer.key).toString('base64');
  return { payloadType: TYPE, payload: payload.toString('base64'), signatures: [{ keyid, sig }] };
}
