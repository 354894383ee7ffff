import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compositeDifference, goodness } from '../../../src/domain/composite.js';
import { compositeDraws } from '../../../src/domain/evidence/compositeDraws.js';
import type { PairedDraws } from '../../../src/domain/evidence/pairedDraws.js';
import { describeMetric, type Metric } from '../../../src/domain/metric.js';

const metric = (name: string, value: number): Metric => ({
  name,
  value,
  ...describeMetric(name),
  provenance: 'MEASURED',
  interval: null,
  benchmark: 'b',
});

describe('goodness', () => {
  it.each([
    // By hand; exp(-ln 4) is a quarter: the truth was given 1/4 on average.
    ['t_log_loss', Math.log(4), 0.25],
    ['t_log_loss', 0, 1],
    ['t_brier', 0.2, 0.8],
    ['t_ece', 0.05, 0.95],
    ['t_mcc', -0.4, -0.4],
    ['t_false_positive_rate', 4, 0.96],
    ['t_rmse', 3, 0.25],
    ['latency', 1, 0.5],
    ['bytes', 0, 1],
  ])('of %s %d is %d', (name, value, expected) => expect(goodness(metric(name, value))).toBeCloseTo(expected, 12));
});

describe('the composite score', () => {
  const weights = ['t_accuracy', 't_mcc', 't_log_loss', 't_brier', 't_false_positive_rate', 't_mse'].map((name, i) => ({
    metric: name,
    weight: i + 1,
  }));
  const value = (name: string): fc.Arbitrary<number> => {
    const { unit } = describeMetric(name);
    return fc.double({ min: name === 't_mcc' ? -1 : 0, max: unit === 'PERCENT' ? 100 : unit === 'FRACTION' ? 1 : 15, noNaN: true });
  };
  const all = fc.tuple(...weights.map((w) => value(w.metric)));

  it('is monotone in each metric, log loss and unbounded losses included', () => {
    fc.assert(
      fc.property(all, fc.nat(weights.length - 1), fc.double({ min: 0.01, max: 0.9, noNaN: true }), (values, at, step) => {
        const metrics = weights.map((w, i) => metric(w.metric, values[i] ?? 0));
        const changed = metrics.map((m, i) =>
          i === at ? { ...m, value: m.value + (m.direction === 'HIGHER_IS_BETTER' || m.name === 't_mcc' ? -step : step) } : m,
        );
        expect(compositeDifference(weights, metrics, changed, true)?.difference).toBeLessThan(0);
      }),
    );
  });

  it('is drawn as it is weighed: each draw is the difference that its metrics make', () => {
    fc.assert(
      fc.property(all, all, (base, candidate) => {
        const drawn = weights.map(({ metric: name }, i): PairedDraws => {
          const [b, c] = [base[i] ?? 0, candidate[i] ?? 0];
          const observed = { base: b, candidate: c };
          return { name, task: 't', base: Float64Array.of(b, c), candidate: Float64Array.of(c, c), observed, bySample: false };
        });
        const [one, other] = [base, candidate].map((values) => weights.map((w, i) => metric(w.metric, values[i] ?? 0)));
        const expected = compositeDifference(weights, one ?? [], other ?? [], true)?.difference ?? Number.NaN;
        const found = compositeDraws(drawn, weights, {});
        expect(found?.observed).toBeCloseTo(expected, 9);
        expect([...(found?.draws ?? [])]).toEqual([expect.closeTo(expected, 9), expect.closeTo(0, 9)]);
      }),
    );
  });

  it('has no number in a draw where one of its metrics has none', () => {
    const drawn: PairedDraws = {
      name: 't_f1',
      task: 't',
      base: Float64Array.of(1, Number.NaN),
      candidate: Float64Array.of(2, 2),
      observed: { base: 1, candidate: 2 },
      bySample: false,
    };
    expect([...(compositeDraws([drawn], [{ metric: 't_f1', weight: 1 }], {})?.draws ?? [])]).toEqual([
      expect.closeTo(0.01, 12),
      Number.NaN,
    ]);
  });
});
