import { AccessResolver } from './resolvers/access.js';
import { BenchmarksResolver } from './resolvers/benchmarks.js';
import { ChampionsResolver } from './resolvers/champions.js';
import { CheckpointFields } from './resolvers/checkpointFields.js';
import { ComparisonResolver } from './resolvers/comparison.js';
import { DecisionsResolver } from './resolvers/decisions.js';
import { PromotionEventFields, RegistryEventFields } from './resolvers/eventFields.js';
import { EventsResolver } from './resolvers/events.js';
import { EvidenceResolver } from './resolvers/evidence.js';
import { ModelFields } from './resolvers/modelFields.js';
import { ModelsResolver } from './resolvers/models.js';
import { PolicyResolver } from './resolvers/policy.js';
import { PredictionResolver } from './resolvers/prediction.js';
import { PromotionResolver } from './resolvers/promotion.js';
import { RegistryResolver } from './resolvers/registry.js';
import { ReignFields } from './resolvers/reignFields.js';
import { SignaturesResolver, TrustedKeyFields } from './resolvers/signatures.js';
import { SubscriptionsResolver } from './resolvers/subscriptions.js';
import { TrainingResolver } from './resolvers/training.js';
import { MetricFields, ModelFileFields, VersionFields } from './resolvers/versionFields.js';
import { VersionsResolver } from './resolvers/versions.js';
import { WebhooksResolver } from './resolvers/webhooks.js';

/** Every resolver class. One that is not listed here is not in the schema. */
export const RESOLVERS = [
  AccessResolver,
  RegistryResolver,
  CheckpointFields,
  ModelsResolver,
  ModelFields,
  ChampionsResolver,
  VersionsResolver,
  VersionFields,
  ModelFileFields,
  MetricFields,
  ReignFields,
  ComparisonResolver,
  PromotionResolver,
  DecisionsResolver,
  PolicyResolver,
  SignaturesResolver,
  TrustedKeyFields,
  BenchmarksResolver,
  EvidenceResolver,
  PredictionResolver,
  TrainingResolver,
  EventsResolver,
  RegistryEventFields,
  PromotionEventFields,
  SubscriptionsResolver,
  WebhooksResolver,
] as const;
