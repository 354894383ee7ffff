import { BenchmarkRow } from './benchmarkRow.js';
import { DecisionCountRow } from './decisionCountRow.js';
import { DecisionRow } from './decisionRow.js';
import { EvaluationRow } from './evaluationRow.js';
import { EventRow } from './eventRow.js';
import { FileIndexRow } from './fileIndexRow.js';
import { IdempotencyRow } from './idempotencyRow.js';
import { LogHeadRow } from './logHeadRow.js';
import { MetricCountRow } from './metricCountRow.js';
import { MetricIndexRow } from './metricIndexRow.js';
import { ModelRow } from './modelRow.js';
import { PolicyRow } from './policyRow.js';
import { ReignRow } from './reignRow.js';
import { TagIndexRow } from './tagIndexRow.js';
import { TokenRow } from './tokenRow.js';
import { TrainingEventRow } from './trainingEventRow.js';
import { VersionCountRow } from './versionCountRow.js';
import { VersionRow } from './versionRow.js';
import { WebhookDeliveryRow } from './webhookDeliveryRow.js';
import { WebhookRow } from './webhookRow.js';

/** Properties bear the names of their columns, so that a row has one shape whether an entity manager or plain SQL has read it. */
export const ENTITY_LIST = [
  ModelRow,
  ReignRow,
  PolicyRow,
  VersionRow,
  MetricIndexRow,
  MetricCountRow,
  VersionCountRow,
  TagIndexRow,
  FileIndexRow,
  DecisionRow,
  DecisionCountRow,
  TrainingEventRow,
  LogHeadRow,
  EventRow,
  TokenRow,
  IdempotencyRow,
  WebhookRow,
  WebhookDeliveryRow,
  BenchmarkRow,
  EvaluationRow,
];
