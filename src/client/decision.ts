import { COMPARISON_FIELDS, type Comparison } from './comparison.js';

export interface RuleResult {
  readonly rule: string;
  readonly subject: string | null;
  readonly passed: boolean;
  readonly measured: number | null;
  readonly limit: number | null;
  readonly detail: string;
}

/** What the policy said of a candidate, with every number it rests on. */
export interface Decision {
  readonly id: string;
  readonly at: string;
  readonly model: { readonly name: string };
  readonly candidate: { readonly version: string };
  readonly champion: { readonly version: string } | null;
  readonly policy: { readonly revision: number };
  readonly outcome: 'PROMOTE' | 'HOLD' | 'REFUSE';
  readonly summary: string;
  readonly rules: readonly RuleResult[];
  readonly comparison: Comparison | null;
  readonly overriddenBy: string | null;
  readonly awaitingApproval: boolean;
  readonly requestedBy: string;
  readonly reason: string | null;
}

export const DECISION_FIELDS = `
  id at model { name } candidate { version } champion { version } policy { revision } outcome summary
  rules { rule subject passed measured limit detail }
  comparison { ${COMPARISON_FIELDS} }
  overriddenBy awaitingApproval requestedBy reason`;
