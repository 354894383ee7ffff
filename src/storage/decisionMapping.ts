import type { Decision } from '../domain/decision.js';
import type { DecisionRow } from './decisionRow.js';
import { fromJson, fromJsonOrNull, toJson, toJsonOrNull } from './jsonColumn.js';

export function decisionToRow(decision: Decision): Omit<DecisionRow, 'ordinal'> {
  return {
    id: decision.id,
    model: decision.model,
    at: decision.at,
    candidate: decision.candidate,
    champion: decision.champion,
    policy_revision: decision.policyRevision,
    outcome: decision.outcome,
    rules: toJson(decision.rules),
    summary: decision.summary,
    comparison: toJsonOrNull(decision.comparison),
    benchmark: decision.comparison?.benchmark ?? null,
    requested_by: decision.requestedBy,
    reason: decision.reason,
    overridden_by: decision.overriddenBy,
    override_reason: decision.overrideReason,
    awaiting: decision.awaiting ? 1 : 0,
    applied: decision.applied ? 1 : 0,
    answer: toJsonOrNull(decision.answer),
  };
}

export function decisionFromRow(row: DecisionRow): Decision {
  return {
    id: row.id,
    at: row.at,
    model: row.model,
    candidate: row.candidate,
    champion: row.champion,
    policyRevision: row.policy_revision,
    outcome: row.outcome,
    rules: fromJson(row.rules),
    summary: row.summary,
    comparison: fromJsonOrNull(row.comparison),
    requestedBy: row.requested_by,
    reason: row.reason,
    overriddenBy: row.overridden_by,
    overrideReason: row.override_reason,
    awaiting: row.awaiting === 1,
    applied: row.applied === 1,
    answer: fromJsonOrNull(row.answer),
  };
}
