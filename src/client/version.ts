import { METRIC_FIELDS, type Metric } from './metric.js';

export type VersionStatus = 'CHALLENGER' | 'CHAMPION' | 'ARCHIVED' | 'REJECTED';

export interface ModelFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly downloadPath: string;
}

export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  /** A number is a fixed size, null a free dimension (its name in dimNames). */
  readonly shape: readonly (number | null)[];
  readonly dimNames: readonly (string | null)[];
}

export interface ModelSignature {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly opset: number | null;
  readonly producer: string | null;
}

export interface TrainingData {
  readonly totalSamples: number | null;
  readonly trainSamples: number | null;
  readonly valSamples: number | null;
  readonly testSamples: number | null;
  readonly eventsIncluded: readonly string[];
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What a list of versions shows. Times are RFC 3339 in UTC. */
export interface Version {
  readonly id: string;
  /** `<model>_v<version>`. */
  readonly modelId: string;
  readonly model: { readonly name: string };
  readonly version: string;
  readonly status: VersionStatus;
  readonly architecture: string | null;
  readonly createdAt: string;
  readonly deployedAt: string | null;
  readonly archivedAt: string | null;
  readonly reason: string | null;
  readonly notes: string | null;
  readonly previousVersion: string | null;
  readonly metrics: readonly Metric[];
  readonly tags: readonly Tag[];
}

/** A signature over a version's files, and what it is worth under the policy in force. */
export interface VersionSignature {
  /** As the envelope says, unproven. */
  readonly keyId: string;
  readonly keyName: string | null;
  readonly publicKey: string | null;
  readonly valid: boolean;
  readonly trusted: boolean;
  readonly fault: string | null;
  readonly attachedAt: string;
  readonly attachedBy: string;
  readonly envelope: unknown;
}

/** All of one version. */
export interface VersionDetail extends Version {
  readonly trainingConfig: unknown;
  readonly trainingData: TrainingData | null;
  readonly files: readonly ModelFile[];
  readonly signature: ModelSignature | null;
  readonly signatures: readonly VersionSignature[];
  readonly path: string;
  readonly metadataPath: string;
  readonly metadata: unknown;
}

export const VERSION_FIELDS = `
  id modelId model { name } version status architecture createdAt deployedAt archivedAt reason notes previousVersion
  metrics { ${METRIC_FIELDS} } tags { key value }`;

const TENSOR_FIELDS = 'name dtype shape dimNames';
export const VERSION_DETAIL_FIELDS = `${VERSION_FIELDS}
  trainingConfig trainingData { totalSamples trainSamples valSamples testSamples eventsIncluded }
  files { name sha256 bytes mediaType downloadPath }
  signature { inputs { ${TENSOR_FIELDS} } outputs { ${TENSOR_FIELDS} } opset producer }
  signatures { keyId keyName publicKey valid trusted fault attachedAt attachedBy envelope }
  path metadataPath metadata`;
