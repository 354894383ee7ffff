import type { Connection } from './connection.js';
import type { FileContent } from './fileSource.js';
import { JuaraClientError } from './JuaraClientError.js';
import type { MetricInput } from './metric.js';
import { operation } from './operation.js';
import { signFiles } from './signing.js';
import type { OnProgress, UploadCalls } from './uploadCalls.js';
import { type Tag, VERSION_DETAIL_FIELDS, type VersionDetail } from './version.js';

/** What goes to the server; `files` name bytes that have been uploaded. */
interface RegisterVersionInput {
  readonly model: string;
  readonly version?: string;
  readonly architecture?: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly metrics?: readonly MetricInput[];
  readonly trainingConfig?: unknown;
  readonly trainingData?: TrainingDataInput;
  readonly notes?: string;
  readonly tags?: readonly Tag[];
  readonly outputs?: readonly { readonly task: string; readonly output: string }[];
  readonly signatures?: readonly unknown[];
  readonly idempotencyKey?: string;
}

export interface TrainingDataInput {
  readonly totalSamples?: number;
  readonly trainSamples?: number;
  readonly valSamples?: number;
  readonly testSamples?: number;
  readonly eventsIncluded?: readonly string[];
}

/** `version` is the next patch where it is left out. The same idempotencyKey with the same input gives the first result again. */
export interface RegisterOptions extends Omit<RegisterVersionInput, 'files'> {
  /** Name in the version's folder -> path on this machine, or bytes. */
  readonly files?: Readonly<Record<string, FileContent>>;
  readonly onProgress?: OnProgress;
  /** Signs the files with it (Ed25519, PEM); `version` must be given, because the signature names it. The key is not sent. */
  readonly privateKey?: string;
}

const REGISTER = operation<{ registerVersion: VersionDetail }, { input: RegisterVersionInput }>(
  `mutation Register($input: RegisterVersionInput!) { registerVersion(input: $input) { ${VERSION_DETAIL_FIELDS} } }`,
);

export interface RegisterCalls {
  /** Uploads the files that the server lacks, then registers the version. Nothing is registered unless every file is there. */
  register(options: RegisterOptions): Promise<VersionDetail>;
}

export function registerCalls({ query }: Connection, { upload }: UploadCalls): RegisterCalls {
  return {
    register: async ({ files = {}, onProgress, privateKey, ...rest }) => {
      if (privateKey !== undefined && rest.version === undefined) {
        throw new JuaraClientError('INVALID_INPUT', 'name the version: a signature is for one');
      }
      const uploaded: { name: string; sha256: string }[] = [];
      for (const [name, content] of Object.entries(files)) {
        const { sha256 } = await upload(content, { name, ...(onProgress === undefined ? {} : { onProgress }) });
        uploaded.push({ name, sha256 });
      }
      const own = privateKey === undefined ? [] : [signFiles(privateKey, { ...rest, version: rest.version ?? '', files: uploaded })];
      const signatures = [...(rest.signatures ?? []), ...own];
      const signed = signatures.length === 0 ? {} : { signatures };
      return (await query(REGISTER, { input: { ...rest, ...signed, files: uploaded } })).registerVersion;
    },
  };
}
