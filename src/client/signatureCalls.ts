import type { Connection } from './connection.js';
import type { FileContent } from './fileSource.js';
import { JuaraClientError } from './JuaraClientError.js';
import { operation } from './operation.js';
import { hashFiles, type SignatureEnvelope, signFiles } from './signing.js';
import { VERSION_DETAIL_FIELDS, type VersionDetail } from './version.js';
import type { VersionCalls } from './versionCalls.js';

interface SignVersionInput {
  readonly model: string;
  readonly version: string;
  /** A DSSE envelope, or a Sigstore bundle around one. */
  readonly envelope: unknown;
}

export interface SignOptions {
  readonly model: string;
  readonly version: string;
  /** Ed25519, PEM (PKCS#8). It stays in this process. */
  readonly privateKey: string;
  /** Name in the version's folder -> path on this machine, or bytes; left out: the digests that the server lists. */
  readonly files?: Readonly<Record<string, FileContent>>;
}

const SIGN = operation<{ signVersion: VersionDetail }, { input: SignVersionInput }>(
  `mutation SignVersion($input: SignVersionInput!) { signVersion(input: $input) { ${VERSION_DETAIL_FIELDS} } }`,
);

export interface SignatureCalls {
  /**
   * Makes a signature and attaches nothing. Without `files` it vouches for the server's word on what they are; with them no server is
   * asked.
   */
  sign(options: SignOptions): Promise<SignatureEnvelope>;
  /** Attaches the signatures of an envelope; what the version carries already changes nothing. */
  signVersion(input: SignVersionInput): Promise<VersionDetail>;
}

export function signatureCalls({ query }: Connection, { getVersion }: VersionCalls): SignatureCalls {
  return {
    sign: async ({ model, version, privateKey, files }) => {
      if (files !== undefined) return signFiles(privateKey, { model, version, files: await hashFiles(files) });
      const found = await getVersion(model, version);
      if (found === null) throw new JuaraClientError('VERSION_NOT_FOUND', `${model} has no version ${version}`);
      return signFiles(privateKey, { model, version, files: found.files });
    },
    signVersion: async (input) => (await query(SIGN, { input })).signVersion,
  };
}
