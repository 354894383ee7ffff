import { CHECKPOINT_FIELDS, type Checkpoint } from './checkpoint.js';
import { COMPARISON_FIELDS, type Comparison } from './comparison.js';
import type { Connection } from './connection.js';
import { DECISION_FIELDS, type Decision } from './decision.js';
import { PROMOTION_EVENT_FIELDS, type PromotionEvent } from './event.js';
import type { LogGuard } from './logGuard.js';
import { operation } from './operation.js';
import { PAGE_INFO, type Page, type PageOptions } from './page.js';
import { VERSION_FIELDS, type Version } from './version.js';

interface ModelAfter {
  readonly name: string;
  readonly revision: number;
  readonly champion: { readonly version: string } | null;
}

/** A refusal is an answer, not an error: `decision` says why. `event` is null unless the champion changed. */
export interface PromotePayload {
  readonly outcome: 'PROMOTED' | 'REFUSED' | 'AWAITING_APPROVAL';
  readonly decision: Decision;
  readonly event: PromotionEvent | null;
  readonly model: ModelAfter;
  readonly checkpoint: Checkpoint | null;
}

export interface RollbackPayload {
  readonly event: PromotionEvent;
  readonly model: ModelAfter;
  readonly checkpoint: Checkpoint | null;
}

export interface PromoteInput {
  readonly model: string;
  readonly version: string;
  readonly reason?: string;
  /** CONFLICT where another version is champion by now. */
  readonly expectedChampion?: string;
  readonly idempotencyKey?: string;
  /** Promote although the policy refuses; takes OPERATOR. */
  readonly overrideReason?: string;
}

export interface RollbackInput {
  readonly model: string;
  /** The champion before this one where it is left out. */
  readonly version?: string;
  readonly reason: string;
  readonly expectedChampion?: string;
  readonly idempotencyKey?: string;
}

const MODEL_AFTER = `model { name revision champion { version } } checkpoint { ${CHECKPOINT_FIELDS} }`;
const PROMOTE_PAYLOAD = `outcome decision { ${DECISION_FIELDS} } event { ${PROMOTION_EVENT_FIELDS} } ${MODEL_AFTER}`;

const COMPARE = operation<{ compareVersions: Comparison }, { model: string; base: string; candidate: string; benchmark?: string }>(
  `query Compare($model: String!, $base: SemVer!, $candidate: SemVer!, $benchmark: String) {
    compareVersions(model: $model, base: $base, candidate: $candidate, benchmark: $benchmark) { ${COMPARISON_FIELDS} }
  }`,
);
const PREVIEW = operation<{ previewPromotion: Decision }, { model: string; version: string }>(
  `query Preview($model: String!, $version: SemVer!) { previewPromotion(model: $model, version: $version) { ${DECISION_FIELDS} } }`,
);
const DECISION = operation<{ decision: Decision | null }, { id: string }>(
  `query Decision($id: ID!) { decision(id: $id) { ${DECISION_FIELDS} } }`,
);
const DECISIONS = operation<{ decisions: Page<Decision> }, { model: string } & PageOptions>(
  `query Decisions($model: String!, $first: Int, $after: String) {
    decisions(model: $model, first: $first, after: $after) { nodes { ${DECISION_FIELDS} } ${PAGE_INFO} }
  }`,
);
const PROMOTE = operation<{ promote: PromotePayload }, { input: PromoteInput }>(
  `mutation Promote($input: PromoteInput!) { promote(input: $input) { ${PROMOTE_PAYLOAD} } }`,
);
const ROLLBACK = operation<{ rollback: RollbackPayload }, { input: RollbackInput }>(
  `mutation Rollback($input: RollbackInput!) { rollback(input: $input) { event { ${PROMOTION_EVENT_FIELDS} } ${MODEL_AFTER} } }`,
);
const REJECT = operation<{ reject: Version }, { input: { model: string; version: string; reason: string } }>(
  `mutation Reject($input: RejectInput!) { reject(input: $input) { ${VERSION_FIELDS} } }`,
);
const NOMINATE = operation<{ nominate: Version }, { input: { model: string; version: string; reason?: string } }>(
  `mutation Nominate($input: NominateInput!) { nominate(input: $input) { ${VERSION_FIELDS} } }`,
);
const APPROVE = operation<{ approvePromotion: PromotePayload }, { decision: string; reason?: string }>(
  `mutation Approve($decision: ID!, $reason: String) { approvePromotion(decision: $decision, reason: $reason) { ${PROMOTE_PAYLOAD} } }`,
);
const DECLINE = operation<{ declinePromotion: Decision }, { decision: string; reason: string }>(
  `mutation Decline($decision: ID!, $reason: String!) { declinePromotion(decision: $decision, reason: $reason) { ${DECISION_FIELDS} } }`,
);

export interface PromotionCalls {
  /** candidate - base, metric by metric, and what the paired tests say. */
  compareModels(model: string, base: string, candidate: string, benchmark?: string): Promise<Comparison>;
  /** The decision that `promote` would take now. Changes nothing. */
  preview(model: string, version: string): Promise<Decision>;
  getDecision(id: string): Promise<Decision | null>;
  /** Newest first. */
  getDecisions(model: string, options?: PageOptions): Promise<Page<Decision>>;
  promote(input: PromoteInput): Promise<PromotePayload>;
  rollback(input: RollbackInput): Promise<RollbackPayload>;
  reject(input: { readonly model: string; readonly version: string; readonly reason: string }): Promise<Version>;
  /** Makes an archived or rejected version a challenger again. */
  nominate(input: { readonly model: string; readonly version: string; readonly reason?: string }): Promise<Version>;
  approve(decision: string, reason?: string): Promise<PromotePayload>;
  decline(decision: string, reason: string): Promise<Decision>;
}

export function promotionCalls({ query }: Connection, guard: LogGuard): PromotionCalls {
  const noted = async <Payload extends { readonly checkpoint: Checkpoint | null }>(payload: Payload): Promise<Payload> => {
    await guard.note(payload.checkpoint);
    return payload;
  };
  return {
    compareModels: async (model, base, candidate, benchmark) =>
      (await query(COMPARE, { model, base, candidate, ...(benchmark === undefined ? {} : { benchmark }) })).compareVersions,
    preview: async (model, version) => (await query(PREVIEW, { model, version })).previewPromotion,
    getDecision: async (id) => (await query(DECISION, { id })).decision,
    getDecisions: async (model, options = {}) => (await query(DECISIONS, { model, first: 20, ...options })).decisions,
    promote: async (input) => noted((await query(PROMOTE, { input })).promote),
    rollback: async (input) => noted((await query(ROLLBACK, { input })).rollback),
    reject: async (input) => (await query(REJECT, { input })).reject,
    nominate: async (input) => (await query(NOMINATE, { input })).nominate,
    approve: async (decision, reason) =>
      noted((await query(APPROVE, { decision, ...(reason === undefined ? {} : { reason }) })).approvePromotion),
    decline: async (decision, reason) => (await query(DECLINE, { decision, reason })).declinePromotion,
  };
}
