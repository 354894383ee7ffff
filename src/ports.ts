/** What use cases need from the outside. Storage has two databases behind it, artifacts two stores, the rest is real in every test. */
import type { Readable } from 'node:stream';
import type { Benchmark } from './domain/benchmark.js';
import type { Checkpoint } from './domain/checkpoint.js';
import type { Decision, DecisionAnswer } from './domain/decision.js';
import type { Evaluation } from './domain/evaluation.js';
import type { EventType, NewEvent, StoredEvent } from './domain/event.js';
import type { JsonObject } from './domain/json.js';
import type { VersionStatus } from './domain/lifecycle.js';
import type { Page, PageRequest } from './domain/page.js';
import type { Policy } from './domain/policy.js';
import type { Millis, Model, Reign, TokenRecord, TrainingEvent, TrainingEventStatus, Version } from './domain/records.js';
import type { Webhook, WebhookDelivery, WebhookSecrets } from './domain/webhook.js';
import type { BenchmarkSamples, BenchmarkScanner, EvaluationBoard, Measurer, ModelInspector, Predictor } from './scoringPorts.js';

export interface VersionFilter {
  readonly status?: readonly VersionStatus[] | null;
  readonly architecture?: string | null;
  /** Case-insensitive part of the version id, architecture, notes or reason. */
  readonly text?: string | null;
  /** min and max are inclusive. */
  readonly metric?: { readonly name: string; readonly min?: number | null; readonly max?: number | null } | null;
  readonly tag?: { readonly key: string; readonly value: string } | null;
}

/** METRIC lists only the versions that carry `metric`. Ties are broken by semver precedence in the same direction. */
export interface VersionOrder {
  readonly field: 'VERSION' | 'CREATED_AT' | 'METRIC';
  readonly direction: 'ASC' | 'DESC';
  readonly metric?: string | null;
}

export interface EventFilter {
  readonly model?: string | null;
  readonly types?: readonly EventType[] | null;
  /** Only events of these models (null: all, and those of no model). */
  readonly models?: readonly string[] | null;
}

export interface LogHead {
  readonly registryId: string;
  readonly seq: number;
  /** Hash of the last event; the genesis hash while there is none. */
  readonly hash: string;
}

export interface RegistryCounts {
  readonly models: number;
  readonly versions: number;
  readonly archived: number;
  readonly validatedEvents: number;
  /** Decisions taken, not counting previews: all, those that changed a champion, the latest's time. */
  readonly decisions: number;
  readonly applied: number;
  readonly lastDecision: Millis | null;
}

export interface IdempotencyRecord {
  readonly operation: string;
  readonly key: string;
  /** SHA-256 of the canonical input. */
  readonly inputHash: string;
  /** What the first call made, enough to read it again. */
  readonly result: { readonly [key: string]: string | number | null };
}

export interface WebhookReads {
  webhook(id: string): Promise<Webhook | null>;
  /** By time of creation. */
  webhooks(): Promise<Webhook[]>;
  /** For signing, and for nothing else. */
  webhookSecrets(id: string): Promise<WebhookSecrets | null>;
  /** Latest event first. */
  webhookDeliveries(webhook: string, page: PageRequest): Promise<Page<WebhookDelivery>>;
}

/** One attempt to deliver an event. */
export type WebhookAttempt = Pick<WebhookDelivery, 'webhook' | 'seq' | 'status' | 'responseStatus' | 'error' | 'nextAttemptAt'> & {
  readonly at: Millis;
};

export interface WebhookWrites {
  /** The hook, its row locked until the end of the transaction. */
  lockWebhook(id: string): Promise<Webhook | null>;
  insertWebhook(hook: Webhook, secrets: WebhookSecrets): Promise<void>;
  updateWebhook(id: string, patch: Partial<Omit<Webhook, 'id' | 'createdAt'>>): Promise<void>;
  setWebhookSecrets(id: string, secrets: WebhookSecrets): Promise<void>;
  /** Counts up the delivery of that event to that hook. */
  recordWebhookAttempt(attempt: WebhookAttempt): Promise<void>;
  /**
   * Makes `owner` the one who delivers to every active hook that nobody else holds, for `leaseMs`, and renews what it holds. Null: for
   * good, whoever held it before; for where no second process can be. Gives the ids of all that it holds.
   */
  claimWebhooks(owner: string, leaseMs: number | null): Promise<string[]>;
  releaseWebhooks(owner: string): Promise<void>;
  /** Moves the hook's place from one seq to another after a success; false where it is not there, not active, or not the owner's. */
  advanceWebhook(id: string, owner: string, from: number, to: number): Promise<boolean>;
}

export interface EvidenceReads {
  benchmark(name: string): Promise<Benchmark | null>;
  /** By name, ascending. */
  benchmarkPage(page: PageRequest): Promise<Page<Benchmark>>;
  evaluation(id: string): Promise<Evaluation | null>;
  /** Newest first. */
  evaluationsOf(model: string, version: string, limit: number): Promise<Evaluation[]>;
  /** The newest one of that status. */
  latestEvaluation(model: string, version: string, benchmark: string, status: Evaluation['status']): Promise<Evaluation | null>;
  /** Whether any version of the model has been measured, or is being measured. */
  isMeasured(model: string): Promise<boolean>;
  /** Those that have succeeded, but what follows from it has not been done yet; oldest first. */
  unsettledEvaluations(): Promise<Evaluation[]>;
  /** Candidates, `except` aside, on whom decisions against that champion were taken on that benchmark. */
  triedCandidates(model: string, champion: string, benchmark: string, except: string): Promise<number>;
}

export interface EvidenceWrites {
  insertBenchmark(benchmark: Benchmark): Promise<void>;
  countBenchmarkUse(name: string): Promise<void>;
  insertEvaluation(evaluation: Evaluation): Promise<void>;
  /** The evaluation, its row locked until the end of the transaction. */
  lockEvaluation(id: string): Promise<Evaluation | null>;
  updateEvaluation(id: string, patch: Partial<Omit<Evaluation, 'id' | 'model' | 'version' | 'benchmark' | 'queuedAt'>>): Promise<void>;
  settleEvaluation(id: string): Promise<void>;
  /**
   * Makes `owner` the one who carries out the evaluation that has waited longest: it is RUNNING from `at` on. One that another process
   * was at is taken over once its lease has run out; `leaseMs` null: at once, for where no second process can be. Null: none waits.
   */
  claimEvaluation(owner: string, leaseMs: number | null, at: Millis): Promise<Evaluation | null>;
  /** Notes how far it is and holds it for another `leaseMs`; false where it is not RUNNING, or not the owner's any more. */
  renewEvaluation(id: string, owner: string, leaseMs: number | null, progress: number): Promise<boolean>;
}

export interface ModelStanding {
  readonly model: Model;
  /** Decisions taken: all, those that changed the champion, the latest's time. */
  readonly decisions: { readonly all: number; readonly applied: number; readonly last: Millis | null };
  /** The event that made the champion champion; null where there is none. */
  readonly crowning: Pick<StoredEvent, 'type' | 'data'> | null;
}

/** Committed state outside of a transaction; inside one, what the transaction sees. `models` null means: all of them. */
export interface Reads extends WebhookReads, EvidenceReads {
  model(name: string): Promise<Model | null>;
  models(names: readonly string[]): Promise<Model[]>;
  /** By name, ascending. */
  modelPage(q: PageRequest & { search: string | null; models: readonly string[] | null }): Promise<Page<Model>>;
  modelCount(q: { search: string | null; models: readonly string[] | null }): Promise<number>;

  version(id: string): Promise<Version | null>;
  versions(ids: readonly string[]): Promise<Version[]>;
  /** The champions of all models, by model name. */
  champions(models: readonly string[] | null): Promise<Version[]>;
  /** Highest version first. */
  challengers(models: readonly string[]): Promise<Version[]>;
  /** Text of the version that is highest by semver precedence. */
  highestVersion(model: string): Promise<string | null>;
  /** Time of the latest registration. */
  latestRegistration(model: string): Promise<Millis | null>;
  versionPage(model: string, filter: VersionFilter, order: VersionOrder, page: PageRequest): Promise<Page<Version>>;
  versionCount(model: string, filter: VersionFilter, order: VersionOrder): Promise<number>;
  /** The next `limit` versions after `afterId` in order of id, for sweeps over everything. */
  versionSweep(model: string | null, afterId: string | null, limit: number): Promise<Version[]>;
  metricNames(model: string): Promise<string[]>;
  /** Ids of versions that hold a file with this digest, at most `limit`. */
  versionsWithFile(sha256: string, limit: number): Promise<string[]>;

  reignAt(model: string, at: Millis): Promise<Reign | null>;
  /** Newest first. */
  reignPage(model: string, page: PageRequest): Promise<Page<Reign>>;

  /** Latest revision, or the one named. Every model has revision 1 from its creation on. */
  policy(model: string, revision?: number): Promise<Policy | null>;
  /** Newest first. */
  policyPage(model: string, page: PageRequest): Promise<Page<Policy>>;

  decision(id: string): Promise<Decision | null>;
  /** Newest first. */
  decisionPage(model: string, page: PageRequest): Promise<Page<Decision>>;
  /** Decisions of the candidate that wait for an answer. */
  awaitingDecisions(model: string, candidate: string | null): Promise<Decision[]>;
  /** What a registry document says of the model itself. */
  standing(name: string): Promise<ModelStanding | null>;

  /** By date and event id, ascending. */
  trainingPage(model: string, status: readonly TrainingEventStatus[] | null, page: PageRequest): Promise<Page<TrainingEvent>>;
  trainingCount(model: string, status: readonly TrainingEventStatus[] | null): Promise<number>;
  trainingEvents(model: string, eventIds: readonly string[]): Promise<TrainingEvent[]>;
  trainingEventsUsedBy(model: string, version: string): Promise<TrainingEvent[]>;

  event(seq: number): Promise<StoredEvent | null>;
  /** In order of seq. `scannedTo`: every event up to this seq has been looked at, also where none matched. */
  events(filter: EventFilter, afterSeq: number, limit: number): Promise<{ events: StoredEvent[]; scannedTo: number; hasMore: boolean }>;
  /** Newest first, those before `beforeSeq` (null: from the end of the log). `head` is the log's end that it has looked from. */
  eventHistory(
    filter: EventFilter,
    beforeSeq: number | null,
    limit: number,
  ): Promise<{ events: StoredEvent[]; head: LogHead; hasMore: boolean }>;
  head(): Promise<LogHead>;

  tokenByHash(hash: string): Promise<TokenRecord | null>;
  token(id: string): Promise<TokenRecord | null>;
  tokens(): Promise<TokenRecord[]>;
  idempotency(operation: string, key: string): Promise<IdempotencyRecord | null>;
  /** Over the named models, or all. */
  counts(models: readonly string[] | null): Promise<RegistryCounts>;
  /** Sum of what imported registries said of their own runs. */
  importedRuns(models: readonly string[] | null): Promise<{ total: number; successful: number; failed: number; last: Millis | null }>;
}

/** Reads and writes of one transaction. Unique violations surface as the *_EXISTS or CONFLICT code that fits. */
export interface Tx extends Reads, WebhookWrites, EvidenceWrites {
  /** The model's row, locked until the end of the transaction. */
  lockModel(name: string): Promise<Model | null>;
  insertModel(model: Model): Promise<void>;
  updateModel(name: string, patch: Partial<Omit<Model, 'name' | 'createdAt'>>): Promise<void>;
  insertVersion(version: Version): Promise<void>;
  updateVersion(id: string, patch: Partial<Omit<Version, 'id' | 'model' | 'version' | 'createdAt'>>): Promise<void>;
  openReign(reign: Reign): Promise<void>;
  /** Ends the reign that has no end yet, if there is one. */
  closeReign(model: string, until: Millis): Promise<void>;
  insertPolicy(policy: Policy): Promise<void>;
  insertDecision(decision: Decision): Promise<void>;
  answerDecision(id: string, answer: DecisionAnswer): Promise<void>;
  insertTrainingEvents(events: readonly TrainingEvent[]): Promise<void>;
  updateTrainingEvents(
    model: string,
    eventIds: readonly string[],
    patch: Partial<Pick<TrainingEvent, 'status' | 'validatedAt' | 'usedBy' | 'extra'>>,
  ): Promise<void>;
  insertToken(token: TokenRecord): Promise<void>;
  /** All tokens, their rows locked until the end of the transaction: who is the last ADMIN is a question about all of them. */
  lockTokens(): Promise<TokenRecord[]>;
  updateToken(id: string, patch: Partial<Pick<TokenRecord, 'name' | 'role' | 'models' | 'expiresAt'>>): Promise<void>;
  revokeToken(id: string, at: Millis): Promise<void>;
  rememberIdempotency(record: IdempotencyRecord): Promise<void>;
  /** Appends to the log; the last write of a transaction, because it takes the lock that orders all of them. */
  append(event: NewEvent): Promise<StoredEvent>;
}

export interface Store {
  readonly reads: Reads;
  /** All or nothing. On SQLite transactions queue; on PostgreSQL a deadlock is tried again. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Learns of each commit that appended events, after it. Returns the unsubscribe. */
  onCommit(listener: (commit: Commit) => void): () => void;
}

export interface Commit {
  /** The log's end after it: a hint, read the log to know. */
  readonly seq: number;
  /** What it appended, in order of seq; empty where it is another process's, and only its seq is known. */
  readonly events: readonly StoredEvent[];
}

export interface StoredBlob {
  readonly sha256: string;
  readonly bytes: number;
}

/** 'ok', 'missing', or the digest that the bytes have now. */
export type BlobState = 'ok' | 'missing' | { readonly actual: string };

/** A blob that was found damaged or missing, and not found sound since. */
export interface DamagedBlob {
  readonly sha256: string;
  readonly state: 'MISSING' | 'DAMAGED';
  readonly detail: string;
  readonly foundAt: Millis;
}

/** Content-addressed bytes; a blob is written once and never changed. */
export interface BlobStore {
  /** Streams, hashes, and keeps the bytes only when their digest is `sha256` (else DIGEST_MISMATCH). Storing twice is once. */
  put(sha256: string, body: Readable): Promise<StoredBlob>;
  /** Size in bytes, or null where there is no such blob. */
  size(sha256: string): Promise<number | null>;
  /** Bytes from `start` to `end`, both inclusive: only of a blob whose bytes `check` finds sound, else it fails before the first. */
  read(sha256: string, range?: { start: number; end: number }): Readable;
  /** Absolute path on this machine's disk. */
  localPath(sha256: string): string;
  /** Reads all of it. Throws ARTIFACT_DAMAGED where something else than a file stands there, or it can't be read. */
  verify(sha256: string): Promise<BlobState>;
  /** The same, without reading a file that has not changed since it was last read. */
  check(sha256: string): Promise<BlobState>;
  /** What put, read, verify and check have found in this process; order of finding. */
  damaged(): readonly DamagedBlob[];
}

/** The staged form of a change to the folders: everything that can fail has been written beside its place; apply only renames. */
export interface StagedFolders {
  apply(): Promise<void>;
  discard(): Promise<void>;
}

/** The role folders, metadata.json and model_registry.json: a mirror of the database for readers of files. */
export interface Folders {
  /** Writes the changed versions' metadata and links under temporary names. Throws STORAGE_FULL or STORAGE_READ_ONLY. */
  stage(versions: readonly Version[]): Promise<StagedFolders>;
  /** Has the model's registry document rewritten from committed state. */
  registryChanged(model: string): Promise<void>;
  /** The registry v2.0 document of committed state; null where there is no such model. */
  registryDocument(model: string): Promise<JsonObject | null>;
  /** metadata.json of the version as it stands on disk; null where it is missing or not JSON. */
  readMetadata(id: string): Promise<JsonObject | null>;
}

/** A place in the log that moves on. It tells where it stands, so that equal ones can be served together. */
export interface Follower extends AsyncIterableIterator<StoredEvent> {
  readonly filter: EventFilter;
  /** Every matching event up to this seq has been handed out. */
  readonly position: number;
}

/** The log as a stream of pages behind a cursor. */
export interface Feed {
  /**
   * Every matching event after the cursor, each once, in order; without a cursor (null) from now on, with '' from the first. Rejects
   * with CURSOR_* where the cursor does not fit the log. return() ends it at once, also while it waits.
   */
  follow(filter: EventFilter, after: string | null): Promise<Follower>;
  cursor(event: { readonly seq: number; readonly hash: string }): Promise<string>;
  /** The seq that a cursor stands at ('' is 0). Throws CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_AHEAD. */
  position(cursor: string): Promise<number>;
  /** The cursor that stands after `seq`. */
  cursorAt(seq: number): Promise<string>;
}

export interface CheckpointSigner {
  /** Signs the end of the log: its last event, or its head. */
  checkpoint(end: Pick<LogHead, 'seq' | 'hash'>): Checkpoint;
}

/** Everything that a use case is given. */
export interface Deps {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly folders: Folders;
  readonly inspector: ModelInspector;
  readonly signer: CheckpointSigner;
  readonly scanner: BenchmarkScanner;
  readonly samples: BenchmarkSamples;
  readonly predictor: Predictor;
  readonly measurer: Measurer;
  readonly board: EvaluationBoard;
  readonly now: () => Millis;
  /** Webhooks may be sent to addresses that are not public. Left out: they may not. */
  readonly allowPrivateWebhooks?: boolean;
  /** Called at named steps of a change; test builds stop the process there. */
  readonly failpoint: (name: string) => void;
}
