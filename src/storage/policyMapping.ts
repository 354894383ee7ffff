import type { Policy, PolicyRules } from '../domain/policy.js';
import { fromJson, toJson } from './jsonColumn.js';
import type { PolicyRow } from './policyRow.js';

function rulesOf(rules: PolicyRules): PolicyRules {
  return {
    benchmark: rules.benchmark,
    weights: rules.weights,
    minImprovement: rules.minImprovement,
    significanceLevel: rules.significanceLevel,
    test: rules.test,
    testTask: rules.testTask,
    bootstrapIterations: rules.bootstrapIterations,
    tolerances: rules.tolerances,
    strict: rules.strict,
    requireMeasured: rules.requireMeasured,
    requireAllWeighted: rules.requireAllWeighted,
    requireApproval: rules.requireApproval,
    autoPromote: rules.autoPromote,
    correctForReuse: rules.correctForReuse,
    minNewTrainingEvents: rules.minNewTrainingEvents,
    maxDaysBetweenTraining: rules.maxDaysBetweenTraining,
    // Revisions from before there were signatures do not say.
    requireSignature: rules.requireSignature ?? false,
    trustedKeys: rules.trustedKeys ?? [],
  };
}

export function policyToRow(policy: Policy): PolicyRow {
  return { model: policy.model, revision: policy.revision, at: policy.at, actor: policy.actor, rules: toJson(rulesOf(policy)) };
}

export function policyFromRow(row: PolicyRow): Policy {
  return { ...rulesOf(fromJson<PolicyRules>(row.rules)), model: row.model, revision: row.revision, at: row.at, actor: row.actor };
}
