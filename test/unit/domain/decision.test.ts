import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReported } from '../../../src/domain/comparison.js';
import { compositeDifference } from '../../../src/domain/composite.js';
import { judge, type RuleName } from '../../../src/domain/decision.js';
import { type Metric, reportedMetrics } from '../../../src/domain/metric.js';
import { checkPolicy, defaultPolicy, type PolicyRules, PRECURSOR_POLICY } from '../../../src/domain/policy.js';
import { PRECURSOR_TASKS } from '../../../src/domain/precursor.js';

const metrics = (values: Record<string, number>): Metric[] =>
  reportedMetrics(Object.entries(values).map(([name, value]) => ({ name, value })));
const CHAMPION = { magnitude_accuracy: 97.63, azimuth_accuracy: 71.28, magnitude_f1: 96.48, azimuth_f1: 61.99, composite_score: 0.926 };

function decide(candidate: Record<string, number>, change: Partial<PolicyRules> = {}, champion: Record<string, number> = CHAMPION) {
  const policy = { ...PRECURSOR_POLICY, ...change };
  return judge(
    policy,
    compareReported({ version: '1.0.1', metrics: metrics(champion) }, { version: '1.0.2', metrics: metrics(candidate) }, policy),
    [],
  );
}
const failed = (d: ReturnType<typeof decide>): RuleName[] => d.rules.filter((r) => !r.passed).map((r) => r.rule);

describe('the decision', () => {
  it('promotes the challenger of scenario 1', () => {
    const d = decide({ magnitude_accuracy: 98.5, azimuth_accuracy: 72.3 });
    expect(d.outcome).toBe('PROMOTE');
    // By hand: (0.35 * 0.87 + 0.15 * 1.02) / 0.5 percentage points.
    expect(d.rules.find((r) => r.rule === 'COMPOSITE_IMPROVES')?.measured).toBeCloseTo(0.00915, 10);
    expect(d.summary).toContain('without magnitude_f1, magnitude_mcc, loeo_stability, magnitude_false_positive_rate');
  });

  it('refuses the challenger of scenario 2 on the composites that both report', () => {
    const d = decide({ composite_score: 0.91 });
    expect([d.outcome, failed(d)]).toEqual(['REFUSE', ['COMPOSITE_IMPROVES']]);
    expect(d.rules.find((r) => r.rule === 'COMPOSITE_IMPROVES')?.measured).toBeCloseTo(-0.016, 10);
  });

  it('takes a gain of exactly the limit as enough, and a hair less as not', () => {
    const gain = (composite: number) => decide({ composite_score: composite }, {}, { composite_score: 0.9 }).outcome;
    expect([gain(0.905), gain(0.90499)]).toEqual(['PROMOTE', 'REFUSE']);
  });

  it('refuses harm to a critical class although the composite gains', () => {
    const d = decide(
      { magnitude_accuracy: 99, azimuth_accuracy: 80, magnitude_recall_Large: 75 },
      {},
      { ...CHAMPION, magnitude_recall_Large: 100 },
    );
    expect([d.outcome, failed(d)]).toEqual(['REFUSE', ['NO_HARM']]);
    expect(d.rules.find((r) => !r.passed)).toMatchObject({ subject: 'magnitude_recall_Large', measured: 25, limit: 2 });
  });

  it('counts a rising false-positive rate as harm', () => {
    const d = decide(
      { magnitude_accuracy: 99, azimuth_accuracy: 80, magnitude_false_positive_rate: 4.5 },
      {},
      { ...CHAMPION, magnitude_false_positive_rate: 3 },
    );
    expect(failed(d)).toEqual(['NO_HARM']);
  });

  it('holds for want of evidence and invents nothing', () => {
    const d = decide({ loeo_standard_deviation: 1 });
    expect([d.outcome, d.rules.find((r) => r.rule === 'COMPOSITE_IMPROVES')?.measured]).toEqual(['HOLD', null]);
    expect(decide({ magnitude_accuracy: 99.9, azimuth_accuracy: 99.9 }, { requireAllWeighted: true }).outcome).toBe('HOLD');
    expect(failed(decide({ magnitude_accuracy: 99.9, azimuth_accuracy: 99.9 }, { requireMeasured: true }))).toEqual(['EVIDENCE_MEASURED']);
  });

  it('is strict where the policy is: no metric may fall', () => {
    const candidate = { magnitude_accuracy: 98.5, azimuth_accuracy: 72.3, azimuth_f1: 61.98 };
    expect(failed(decide(candidate, { strict: true }))).toEqual(['ALL_METRICS_HOLD']);
    expect(decide(candidate).outcome).toBe('PROMOTE');
  });

  it('asks for the paired test as soon as the policy names a benchmark', () => {
    expect(failed(decide({ magnitude_accuracy: 99, azimuth_accuracy: 80 }, { benchmark: 'b' }))).toEqual(['STATISTICALLY_SIGNIFICANT']);
  });

  it('needs no comparison for a first version', () => expect(judge(PRECURSOR_POLICY, null, []).outcome).toBe('PROMOTE'));
});

describe('the composite score', () => {
  const names = PRECURSOR_POLICY.weights.map((w) => w.metric);
  const percent = fc.double({ min: 0, max: 100, noNaN: true });
  const full = fc.record(
    Object.fromEntries(
      names.map((n) => [
        n,
        n.endsWith('mcc')
          ? fc.double({ min: -1, max: 1, noNaN: true })
          : n === 'loeo_stability'
            ? fc.double({ min: 0, max: 1, noNaN: true })
            : percent,
      ]),
    ),
  );

  it('is monotone in each metric, in the direction that is better', () => {
    fc.assert(
      fc.property(full, fc.nat(names.length - 1), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (values, index, step) => {
        const name = names[index] as string;
        const worse = name.endsWith('rate') ? step : -step;
        const c = compositeDifference(
          PRECURSOR_POLICY.weights,
          metrics(values),
          metrics({ ...values, [name]: (values[name] as number) + worse }),
          true,
        );
        expect(c?.difference).toBeLessThan(0);
      }),
    );
  });

  it('weighs the original’s numbers as stated', () => {
    const values = {
      magnitude_accuracy: 100,
      azimuth_accuracy: 50,
      magnitude_f1: 90,
      magnitude_mcc: 0.8,
      loeo_stability: 0.95,
      magnitude_false_positive_rate: 4,
    };
    // 0.35 + 0.15 * 0.5 + 0.2 * 0.9 + 0.15 * 0.8 + 0.1 * 0.95 + 0.05 * 0.96, by hand.
    expect(compositeDifference(PRECURSOR_POLICY.weights, metrics(values), metrics(values), true)?.base).toBeCloseTo(0.868, 12);
  });
});

describe('policies', () => {
  it('have sound defaults', () => {
    expect(() => checkPolicy(PRECURSOR_POLICY, PRECURSOR_TASKS)).not.toThrow();
    expect(() => checkPolicy(defaultPolicy(PRECURSOR_TASKS), PRECURSOR_TASKS)).not.toThrow();
    expect(() => checkPolicy(defaultPolicy([]), [])).not.toThrow();
  });

  it.each<[string, Partial<PolicyRules>]>([
    ['no weights', { weights: [] }],
    ['a weight of 0', { weights: [{ metric: 'a', weight: 0 }] }],
    ['a NaN weight', { weights: [{ metric: 'a', weight: Number.NaN }] }],
    [
      'a metric weighed twice',
      {
        weights: [
          { metric: 'a', weight: 1 },
          { metric: 'a', weight: 1 },
        ],
      },
    ],
    ['a negative tolerance', { tolerances: [{ metric: 'a', maxHarm: -1 }] }],
    ['a level of 0', { significanceLevel: 0 }],
    ['half an iteration', { bootstrapIterations: 100.5 }],
    ['an unknown task', { testTask: 'nope' }],
  ])('refuse %s', (_what, part) => {
    expect(() => checkPolicy({ ...PRECURSOR_POLICY, ...part }, PRECURSOR_TASKS)).toThrowError(
      expect.objectContaining({ name: 'JuaraError' }),
    );
  });
});
