import { v7 as uuid } from 'uuid';
import { type Actor, hasRole } from '../domain/actor.js';
import { type Decision, judge, NOT_OVERRIDDEN, type RuleResult } from '../domain/decision.js';
import type { Policy } from '../domain/policy.js';
import type { Model, Version } from '../domain/records.js';
import { signedRule } from '../domain/versionSignature.js';
import type { Deps } from '../ports.js';
import type { Evidence } from './evidence.js';

/** What a decision is taken on; `evidence` and `artifact` were found out before, because they may take seconds. */
export interface DecisionRequest {
  readonly model: Model;
  readonly candidate: Version;
  readonly evidence: Evidence;
  readonly artifact: RuleResult;
  readonly actor: Actor;
  readonly reason: string | null;
  readonly overrideReason: string | null;
  /** Who asked first, where an approval is being given to somebody else's request. */
  readonly requestedBy?: string;
}

/** What the policy says of promoting the candidate over the champion. Writes nothing. */
export function decide({ now }: Pick<Deps, 'now'>, request: DecisionRequest): Decision {
  const { model, candidate, actor } = request;
  const { policy, comparison } = request.evidence;
  const verdicts = judge(policy, comparison, [request.artifact, ...signedRule(policy, candidate), approvalRule(policy, actor)]);
  const failed = verdicts.rules.filter((r) => !r.passed);
  const final = failed.some((r) => NOT_OVERRIDDEN.includes(r.rule));
  const overridden = request.overrideReason !== null && verdicts.outcome !== 'PROMOTE' && !final;
  return {
    ...verdicts,
    id: uuid(),
    at: now(),
    model: model.name,
    candidate: candidate.version,
    champion: model.champion,
    policyRevision: policy.revision,
    comparison,
    requestedBy: request.requestedBy ?? actor.name,
    reason: request.reason,
    overriddenBy: overridden ? actor.name : null,
    overrideReason: overridden ? request.overrideReason : null,
    awaiting: failed.length > 0 && failed.every((r) => r.rule === 'APPROVED'),
    applied: verdicts.outcome === 'PROMOTE' || overridden,
    answer: null,
  };
}

/** An OPERATOR's own promotion is its own approval; what a pipeline asks for waits for a person where the policy says so. */
function approvalRule(policy: Policy, actor: Actor): RuleResult {
  const passed = !policy.requireApproval || hasRole(actor, 'OPERATOR');
  const detail = !policy.requireApproval
    ? 'the policy asks for no approval'
    : passed
      ? `approved by ${actor.name}`
      : `${actor.name} is ${actor.role}: an OPERATOR has to approve`;
  return { rule: 'APPROVED', subject: null, passed, measured: null, limit: null, detail };
}
