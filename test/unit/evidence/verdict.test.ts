import { describe, expect, it } from 'vitest';
import { compareMeasured, type MeasuredPair, type PairedTest } from '../../../src/domain/comparison.js';
import type { Interval, Metric } from '../../../src/domain/metric.js';
import { type PolicyRules, PRECURSOR_POLICY } from '../../../src/domain/policy.js';

const accuracy = (value: number): Metric => ({
  name: 'magnitude_accuracy',
  value,
  unit: 'PERCENT',
  direction: 'HIGHER_IS_BETTER',
  provenance: 'MEASURED',
  interval: null,
  benchmark: 'field',
});
const between = (low: number, high: number): Interval => ({ low, high, level: 0.95, method: 'm' });
const tested = (onlyBaseRight: number, onlyCandidateRight: number, pValue: number): PairedTest => ({
  task: 'magnitude',
  method: 'MCNEMAR_EXACT',
  bothRight: 290 - onlyBaseRight,
  onlyBaseRight,
  onlyCandidateRight,
  bothWrong: 14 - onlyCandidateRight,
  pValue,
  significant: pValue < 0.05,
});
const POLICY: PolicyRules = { ...PRECURSOR_POLICY, weights: [{ metric: 'magnitude_accuracy', weight: 1 }] };

function compared(test: PairedTest | null, composite: Interval | null, policy: Partial<PolicyRules> = {}) {
  const pair: MeasuredPair = {
    base: { version: '1.0.0', metrics: [accuracy(97)] },
    candidate: { version: '1.0.1', metrics: [accuracy(98)] },
    benchmark: 'field',
    answer: { intervals: { magnitude_accuracy: between(-1, 3) }, composite, tests: test === null ? [] : [test] },
    level: 0.05,
    tried: 0,
  };
  return compareMeasured(pair, { ...POLICY, ...policy });
}

const better = tested(1, 11, 0.0063);
const worse = tested(11, 1, 0.0063);
const even = tested(3, 5, 0.7266);

describe('the verdict on measured versions', () => {
  it.each<[string, PairedTest | null, Interval | null, string]>([
    ['the test, which speaks for the candidate', better, between(-0.01, 0.02), 'CANDIDATE_BETTER'],
    ['the test, which speaks for the base', worse, between(-0.02, 0.01), 'BASE_BETTER'],
    ['the test, which is not significant, whatever the interval says', even, between(0.01, 0.02), 'INDISTINGUISHABLE'],
    ['neither, where they contradict each other', better, between(-0.02, -0.01), 'INDISTINGUISHABLE'],
    ['neither, where they contradict each other the other way', worse, between(0.01, 0.02), 'INDISTINGUISHABLE'],
    ['the test alone, where there is no interval', better, null, 'CANDIDATE_BETTER'],
    ['the interval, where nothing is tested', null, between(0.001, 0.02), 'CANDIDATE_BETTER'],
    ['the interval, where nothing is tested, for the base', null, between(-0.02, -0.001), 'BASE_BETTER'],
    ['the interval, which holds 0', null, between(0, 0.02), 'INDISTINGUISHABLE'],
    ['nothing', null, null, 'INSUFFICIENT_EVIDENCE'],
  ])('is that of %s', (_, test, interval, verdict) => {
    expect(compared(test, interval).verdict).toBe(verdict);
  });

  it('does not listen to a test of another task than the policy names', () => {
    expect(compared(better, null, { testTask: 'azimuth' }).verdict).toBe('INSUFFICIENT_EVIDENCE');
    expect(compared(better, between(-1, 1), { testTask: null }).verdict).toBe('INDISTINGUISHABLE');
  });

  it('says it in a sentence', () => {
    expect(compared(even, between(-0.01, 0.02)).summary).toBe(
      '1.0.1 cannot be told from 1.0.0 on field: 8 samples of 304 differ in magnitude (5 right under 1.0.1 only, 3 under 1.0.0 only: ' +
        '2 more right under 1.0.1); p = 0.73 at level 0.05; composite score +0.0100 (95 % interval -0.0100 to +0.0200)',
    );
    expect(compared(tested(0, 1, 1), null).summary).toContain('1 sample of 304 differs in magnitude');
    expect(compared(tested(0, 0, 1), null).summary).toContain('no sample of 304 differs in magnitude; p = 1 at level 0.05');
    expect(compared(tested(2, 2, 1), null).summary).toContain('as many each');
    expect(compared(tested(0, 14, 0.00001), null).summary).toContain('1.0.1 is better than 1.0.0 on field');
    expect(compared(tested(0, 14, 0.00001), null).summary).toContain('p < 0.0001');
    expect(compared(null, null, { weights: [{ metric: 'x', weight: 1 }] }).summary).toBe(
      '1.0.1 cannot be compared with 1.0.0 on field: nothing that the policy weighs or tests was measured',
    );
  });

  it('hands on what it rests on', () => {
    const comparison = compared(even, between(-0.01, 0.02));
    expect(comparison.composite?.interval).toEqual(between(-0.01, 0.02));
    expect(comparison.metrics[0]?.interval).toEqual(between(-1, 3));
    expect([comparison.tests, comparison.level, comparison.tried, comparison.benchmark]).toEqual([[even], 0.05, 0, 'field']);
  });
});
