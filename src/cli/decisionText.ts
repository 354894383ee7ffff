import type { Decision } from './client.js';
import { EXIT, type ExitCode } from './exitCode.js';
import { number } from './format.js';
import { table } from './table.js';

/** Each rule with what was measured and the limit it was held against. */
export function ruleTable({ rules }: Pick<Decision, 'rules'>): Promise<string> {
  const rows = rules.map((rule) => [
    rule.passed ? 'ok' : 'FAILED',
    rule.rule,
    rule.subject ?? '-',
    number(rule.measured),
    number(rule.limit),
    rule.detail,
  ]);
  return table(['', 'RULE', 'SUBJECT', 'MEASURED', 'LIMIT', 'DETAIL'], rows, [3, 4]);
}

/** What `promote` would end with after this preview. */
export function exitCodeOfDecision({ outcome, rules }: Pick<Decision, 'outcome' | 'rules'>): ExitCode {
  if (outcome === 'PROMOTE') return EXIT.OK;
  const failed = rules.filter((rule) => !rule.passed);
  return failed.every((rule) => rule.rule === 'APPROVED') ? EXIT.AWAITING_APPROVAL : EXIT.REFUSED;
}
