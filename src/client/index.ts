export type { BackoffOptions } from './backoff.js';
export type { Benchmark, BenchmarkFormat, BenchmarkOptions, CsvLayout } from './benchmarkCalls.js';
export type { Checkpoint } from './checkpoint.js';
export type { CheckpointStore } from './checkpointStore.js';
export type { Comparison, CompositeDifference, MetricDifference, PairedTest } from './comparison.js';
export type { Query, Token } from './connection.js';
export { type ClientOptions, createClient, type JuaraClient } from './createClient.js';
export type { Decision, RuleResult } from './decision.js';
export type { ConfusionMatrix, EvaluateInput, Evaluation, FollowOptions } from './evaluationCalls.js';
export type { EventFilter, GenericEvent, PromotionEvent, RegistryEvent } from './event.js';
export type { EventListOptions, EventPage } from './eventCalls.js';
export type { FileContent } from './fileSource.js';
export type { ImportOptions, ImportReport } from './importCalls.js';
export { JuaraClientError } from './JuaraClientError.js';
export type { VerifiedLog, VerifyLogOptions } from './logCalls.js';
export type { Interval, Metric, MetricDirection, MetricInput, MetricUnit } from './metric.js';
export type { Model, ModelDetail, ModelInput } from './modelCalls.js';
export { type Operation, operation } from './operation.js';
export type { CountedPage, Page, PageOptions } from './page.js';
export type { MetricTolerance, MetricWeight, PromotionPolicy, SetPolicyInput, TrustedKey } from './policyCalls.js';
export type { PredictInput, Prediction, TaskPrediction } from './predictCalls.js';
export type { PromoteInput, PromotePayload, RollbackInput, RollbackPayload } from './promotionCalls.js';
export type { RegisterOptions, TrainingDataInput } from './registerCalls.js';
export type { SignOptions } from './signatureCalls.js';
export { type FilesToSign, type SignatureEnvelope, signFiles } from './signing.js';
export type { RegistrySummary } from './summaryCalls.js';
export type { Bin, Task, TaskInput } from './task.js';
export type { CreatedToken, CreateTokenInput, Role, TokenInfo, UpdateTokenInput } from './tokenCalls.js';
export type { TrainingListOptions } from './trainingCalls.js';
export type { TrainingEvent, TrainingEventInput, TrainingEventStatus, TrainingLabelInput, TrainingReadiness } from './trainingEvent.js';
export type { OnProgress, UploadedFile, UploadProgress } from './uploadCalls.js';
export type {
  ModelFile,
  ModelSignature,
  Tag,
  TensorInfo,
  TrainingData,
  Version,
  VersionDetail,
  VersionSignature,
  VersionStatus,
} from './version.js';
export type { VersionFilter, VersionListOptions, VersionOrder } from './versionCalls.js';
export type { WatchOptions } from './watchCalls.js';
export type { CreateWebhookInput, RotateWebhookSecretOptions, UpdateWebhookInput, Webhook, WebhookDelivery } from './webhook.js';
export type { WebhookWithSecret } from './webhookCalls.js';
