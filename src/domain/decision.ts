import type { Comparison } from './comparison.js';
import { isCost } from './metric.js';
import type { PolicyRules } from './policy.js';
import type { Millis } from './records.js';

export const RULE_NAMES = [
  'COMPOSITE_IMPROVES',
  'STATISTICALLY_SIGNIFICANT',
  'NO_HARM',
  'ALL_METRICS_HOLD',
  'EVIDENCE_MEASURED',
  'EVIDENCE_COMPLETE',
  'APPROVED',
  'ARTIFACT_VALID',
  'SIGNED',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** Rules that say what the files are, not how good: no reason that an OPERATOR gives stands in for them. */
export const NOT_OVERRIDDEN: readonly RuleName[] = ['ARTIFACT_VALID', 'SIGNED'];

/** PROMOTE: every rule holds. HOLD: evidence or an approval is missing. REFUSE: the evidence speaks against it. */
export type DecisionOutcome = 'PROMOTE' | 'HOLD' | 'REFUSE';

export interface RuleResult {
  readonly rule: RuleName;
  /** The metric or task that the rule speaks of; null where it speaks of the whole. */
  readonly subject: string | null;
  readonly passed: boolean;
  readonly measured: number | null;
  readonly limit: number | null;
  readonly detail: string;
}

export interface Verdicts {
  readonly outcome: DecisionOutcome;
  readonly rules: readonly RuleResult[];
  readonly summary: string;
}

export interface DecisionAnswer {
  readonly kind: 'APPROVED' | 'DECLINED' | 'SUPERSEDED';
  readonly by: string;
  readonly at: Millis;
  readonly reason: string | null;
}

/** A stored fact: what the policy said, with every number it rests on. Only `answer` is added later, once, to a HOLD that waits. */
export interface Decision extends Verdicts {
  readonly id: string;
  readonly at: Millis;
  readonly model: string;
  readonly candidate: string;
  readonly champion: string | null;
  readonly policyRevision: number;
  readonly comparison: Comparison | null;
  readonly requestedBy: string;
  readonly reason: string | null;
  readonly overriddenBy: string | null;
  readonly overrideReason: string | null;
  /** True while it waits for approvePromotion or declinePromotion. */
  readonly awaiting: boolean;
  /** True where it changed the champion. */
  readonly applied: boolean;
  readonly answer: DecisionAnswer | null;
}

type Rule = (policy: PolicyRules, comparison: Comparison) => RuleResult[];

const compositeImproves: Rule = (policy, { composite }) => {
  const limit = policy.minImprovement;
  if (composite === null) {
    return [
      {
        rule: 'COMPOSITE_IMPROVES',
        subject: 'composite_score',
        passed: false,
        measured: null,
        limit,
        detail: 'no composite score: weighted metrics are missing',
      },
    ];
  }
  const measured = composite.difference;
  // Scores are decimals that went through binary: a gain that is equal to the limit in print counts as equal.
  const passed = measured >= limit - 1e-12;
  const source = composite.source === 'REPORTED' ? "the pipelines' own composite_score" : 'the weighted score';
  const detail = `${source} goes from ${composite.base.toFixed(4)} to ${composite.candidate.toFixed(4)}; at least ${limit} more is asked`;
  return [{ rule: 'COMPOSITE_IMPROVES', subject: 'composite_score', passed, measured, limit, detail }];
};

const noHarm: Rule = (policy, { metrics }) =>
  policy.tolerances.map(({ metric, maxHarm }) => {
    const pair = metrics.find((m) => m.name === metric);
    if (!pair?.base || !pair.candidate) {
      const side = pair?.base ? 'the candidate' : pair?.candidate ? 'the champion' : 'both sides';
      return {
        rule: 'NO_HARM',
        subject: metric,
        passed: !policy.requireAllWeighted,
        measured: null,
        limit: maxHarm,
        detail: `${metric} is missing on ${side}: harm cannot be judged`,
      };
    }
    const sign = pair.candidate.direction === 'HIGHER_IS_BETTER' ? -1 : 1;
    const harm = sign * (pair.candidate.value - pair.base.value);
    const passed = harm <= maxHarm + 1e-9;
    const change = harm > 0 ? `worse by ${round(harm)}` : harm < 0 ? `better by ${round(-harm)}` : 'unchanged';
    return {
      rule: 'NO_HARM',
      subject: metric,
      passed,
      measured: Math.max(0, harm),
      limit: maxHarm,
      detail: `${metric} is ${change}; ${maxHarm} worse is tolerated`,
    };
  });

const allMetricsHold: Rule = (policy, { metrics }) => {
  if (!policy.strict) return [];
  return metrics
    .filter((m) => m.better !== 'UNKNOWN' && m.base !== null && !isCost(m.base))
    .map(({ name, base, candidate, better }) => ({
      rule: 'ALL_METRICS_HOLD',
      subject: name,
      passed: better !== 'BASE',
      measured: candidate?.value ?? null,
      limit: base?.value ?? null,
      detail: better === 'BASE' ? `${name} got worse, and the policy is strict` : `${name} holds`,
    }));
};

const evidenceComplete: Rule = (policy, { composite, metrics }) => {
  const present = (name: string): boolean => metrics.some((m) => m.name === name && m.base !== null && m.candidate !== null);
  const missing = composite?.missing ?? policy.weights.map((w) => w.metric).filter((name) => !present(name));
  const total = policy.weights.reduce((sum, w) => sum + w.weight, 0);
  const covered = policy.weights.filter((w) => !missing.includes(w.metric)).reduce((sum, w) => sum + w.weight, 0) / total;
  const comparable = composite !== null;
  const passed = missing.length === 0 || (!policy.requireAllWeighted && comparable);
  const detail = missing.length === 0 ? 'every weighted metric is there on both sides' : `missing on a side: ${missing.join(', ')}`;
  return [
    {
      rule: 'EVIDENCE_COMPLETE',
      subject: null,
      passed,
      measured: missing.length === 0 ? 1 : covered,
      limit: policy.requireAllWeighted ? 1 : null,
      detail,
    },
  ];
};

const evidenceMeasured: Rule = (policy, { metrics, benchmark }) => {
  const weighed = metrics.filter((m) => policy.weights.some((w) => w.metric === m.name) && m.base !== null && m.candidate !== null);
  const measured = weighed.filter((m) => m.base?.provenance === 'MEASURED' && m.candidate?.provenance === 'MEASURED');
  const all = weighed.length > 0 && measured.length === weighed.length;
  const detail = all ? `measured here on ${benchmark}` : 'rests on reported metrics, which nobody here has measured';
  return [
    {
      rule: 'EVIDENCE_MEASURED',
      subject: null,
      passed: all || !policy.requireMeasured,
      measured: measured.length,
      limit: policy.requireMeasured ? weighed.length : null,
      detail,
    },
  ];
};

const significant: Rule = (policy, { tests, level, tried }) => {
  if (policy.benchmark === null) return [];
  const test = tests.find((t) => t.task === policy.testTask) ?? null;
  if (test === null) {
    return [
      {
        rule: 'STATISTICALLY_SIGNIFICANT',
        subject: policy.testTask,
        passed: false,
        measured: null,
        limit: policy.significanceLevel,
        detail: "no paired test: evaluate both versions on the policy's benchmark first",
      },
    ];
  }
  const passed = test.significant && test.onlyCandidateRight > test.onlyBaseRight;
  const corrected = policy.correctForReuse && tried ? `, after ${tried} other challengers on this benchmark` : '';
  return [
    {
      rule: 'STATISTICALLY_SIGNIFICANT',
      subject: test.task,
      passed,
      measured: test.pValue,
      limit: level ?? policy.significanceLevel,
      detail: `${test.method} on ${test.task}: p = ${test.pValue.toPrecision(3)}${corrected}`,
    },
  ];
};

const RULES: readonly Rule[] = [evidenceComplete, evidenceMeasured, compositeImproves, significant, noHarm, allMetricsHold];

/** A rule that fails for want of evidence holds a promotion; one that fails on evidence refuses it. */
function lacksEvidence(result: RuleResult): boolean {
  return result.rule.startsWith('EVIDENCE_') || result.rule === 'APPROVED' || result.rule === 'SIGNED' || result.measured === null;
}

/**
 * What the policy says of a comparison. `comparison` null: there is no champion to beat yet, and only `extra` counts (the state of
 * the files, the signature, the approval).
 */
export function judge(policy: PolicyRules, comparison: Comparison | null, extra: readonly RuleResult[]): Verdicts {
  const rules = [...(comparison === null ? [] : RULES.flatMap((rule) => rule(policy, comparison))), ...extra];
  const failed = rules.filter((r) => !r.passed);
  const outcome = failed.length === 0 ? 'PROMOTE' : failed.every(lacksEvidence) ? 'HOLD' : 'REFUSE';
  return { outcome, rules, summary: summarise(outcome, failed, comparison) };
}

function summarise(outcome: DecisionOutcome, failed: readonly RuleResult[], comparison: Comparison | null): string {
  const basis = comparison === null ? 'the model has no champion yet' : comparison.summary;
  if (outcome === 'PROMOTE') return `Promote: ${basis}.`;
  const why = failed.map((r) => `${r.rule}: ${r.detail}`).join('; ');
  return `${outcome === 'HOLD' ? 'Hold' : 'Refuse'}: ${why} (${basis}).`;
}

function round(value: number): string {
  return String(Number(value.toFixed(4)));
}
