import type { Role } from './actor.js';
import type { DsseSignature } from './dsse.js';
import type { Json, JsonObject } from './json.js';
import type { VersionStatus } from './lifecycle.js';
import type { Metric } from './metric.js';
import type { Task } from './task.js';

/** Times are UTC milliseconds since 1970 everywhere below the API. */
export type Millis = number;

/** What an imported registry said of its own past runs; counted on top of the decisions taken here. */
export interface PipelineHistory {
  readonly totalRuns: number;
  readonly successfulUpdates: number;
  readonly failedUpdates: number;
  readonly lastRun: Millis | null;
}

export interface Model {
  readonly name: string;
  readonly description: string | null;
  readonly createdAt: Millis;
  readonly revision: number;
  readonly tasks: readonly Task[];
  /** Version text of the champion; null before the first promotion. */
  readonly champion: string | null;
  readonly history: PipelineHistory | null;
}

export interface ModelFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
}

export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
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

export interface OutputMapping {
  readonly task: string;
  readonly output: string;
}

/** A signature that someone attached to a version. What it is worth depends on whom the policy trusts. */
export interface VersionSignature extends DsseSignature {
  readonly attachedAt: Millis;
  /** Name of the token that attached it, which need not be the signer's. */
  readonly attachedBy: string;
}

export interface Version {
  /** `<model>_v<version>`: unique, and the name of its folder. */
  readonly id: string;
  readonly model: string;
  readonly version: string;
  readonly status: VersionStatus;
  readonly architecture: string | null;
  readonly createdAt: Millis;
  readonly deployedAt: Millis | null;
  readonly archivedAt: Millis | null;
  readonly reason: string | null;
  readonly notes: string | null;
  readonly previousVersion: string | null;
  readonly metrics: readonly Metric[];
  readonly trainingConfig: Json;
  readonly trainingData: TrainingData | null;
  readonly files: readonly ModelFile[];
  readonly signature: ModelSignature | null;
  readonly outputs: readonly OutputMapping[];
  readonly tags: readonly Tag[];
  /** In the order in which they came; never taken away. */
  readonly signatures: readonly VersionSignature[];
}

export interface Reign {
  readonly model: string;
  readonly version: string;
  readonly from: Millis;
  readonly until: Millis | null;
  /** seq of the event that began it. */
  readonly eventSeq: number;
}

export type TrainingEventStatus = 'PENDING' | 'VALIDATED' | 'RESERVED' | 'CONSUMED' | 'DISCARDED';

export interface TrainingLabel {
  readonly task: string;
  readonly value: number | null;
  readonly class: string;
}

export interface TrainingEvent {
  readonly id: string;
  readonly model: string;
  readonly eventId: string;
  readonly status: TrainingEventStatus;
  readonly date: string;
  readonly station: string | null;
  readonly labels: readonly TrainingLabel[];
  readonly addedAt: Millis;
  readonly validatedAt: Millis | null;
  /** Version text of the version that reserved or consumed it. */
  readonly usedBy: string | null;
  /** What an imported document said besides (spectrogram path and the like); given back on export. */
  readonly extra: JsonObject | null;
}

export interface TokenRecord {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly models: readonly string[] | null;
  /** SHA-256 of the secret, hexadecimal; never leaves storage and the token check. */
  readonly hash: string;
  readonly createdAt: Millis;
  readonly expiresAt: Millis | null;
  readonly revokedAt: Millis | null;
}
