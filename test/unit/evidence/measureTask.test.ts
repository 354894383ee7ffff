import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureTask } from '../../../src/domain/evidence/measureTask.js';
import { predictionsOf, reordered, times } from './predictions.js';

const OPTIONS = { benchmark: 'field', seed: 7, resamples: 500, level: 0.95 };
const CLASSES = ['Large', 'Normal', 'Other'];
/** 4 Large, of which 3 right; 16 Normal, of which 14 right; no Other, which is answered once. */
const ANSWERS = [...times(3, 'Large', 'Large'), ...times(1, 'Large', 'Normal'), ...times(14, 'Normal', 'Normal')];
const PREDICTIONS = predictionsOf('mag', CLASSES, [...ANSWERS, ['Normal', 'Large'], ['Normal', 'Other']], { negativeClass: 'Normal' });

describe('measureTask', () => {
  const { metrics, confusion } = measureTask(PREDICTIONS, OPTIONS);
  const metric = (name: string) => metrics.find((m) => m.name === name);

  it('gives name, value, unit, direction and where it comes from', () => {
    // By hand: 17 of 20; false alarms 2 of 16.
    expect(metric('mag_accuracy')).toMatchObject({ value: 85, unit: 'PERCENT', direction: 'HIGHER_IS_BETTER' });
    expect(metric('mag_accuracy')).toMatchObject({ provenance: 'MEASURED', benchmark: 'field' });
    expect(metric('mag_false_positive_rate')).toMatchObject({ value: 12.5, unit: 'PERCENT', direction: 'LOWER_IS_BETTER' });
    expect(metric('mag_log_loss')).toMatchObject({ unit: 'NONE', direction: 'LOWER_IS_BETTER' });
  });

  it("gives shares of samples Wilson's interval", () => {
    // Wilson 1927 by hand for 3 of 4: ((0.75 + z2/8) -/+ z sqrt(0.75 x 0.25 / 4 + z2/64)) / (1 + z2/4) with z2 = 3.841459.
    expect(metric('mag_recall_Large')?.interval).toMatchObject({
      low: expect.closeTo(30.06, 2),
      high: expect.closeTo(95.44, 2),
      level: 0.95,
    });
    expect(metric('mag_recall_Large')?.interval?.method).toBe('Wilson, few samples of Large');
    expect(metric('mag_accuracy')?.interval?.method).toBe('Wilson');
  });

  it('leaves out what has no number: a class without samples', () => {
    expect(metrics.filter((m) => m.name.endsWith('_Other'))).toEqual([]);
    expect(metrics.every((m) => Number.isFinite(m.value))).toBe(true);
  });

  it('gives every metric an interval around it, and says where few samples carry it', () => {
    for (const { name, value, interval } of metrics) {
      expect(interval, name).not.toBeNull();
      expect(interval?.low, name).toBeLessThanOrEqual(value);
      expect(interval?.high, name).toBeGreaterThanOrEqual(value);
      expect((interval?.high ?? 0) - (interval?.low ?? 0), name).toBeGreaterThan(0);
    }
    expect(metric('mag_f1')?.interval?.method).toBe('stratified Bayesian bootstrap, few samples of Large');
    expect(metric('mag_auc_roc_Large')?.interval?.method).toBe('Newcombe, few samples of Large');
    expect(metric('mag_mcc')?.interval?.method).toBe('stratified Bayesian bootstrap');
  });

  it('counts the confusion', () => {
    expect(confusion).toEqual({
      task: 'mag',
      classes: CLASSES,
      counts: [
        [3, 1, 0],
        [1, 14, 1],
        [0, 0, 0],
      ],
    });
  });

  it('does not take a rare class that is all right for certain', () => {
    const sure = measureTask(
      predictionsOf('mag', ['Large', 'Normal'], [...times(3, 'Large', 'Large'), ...times(300, 'Normal', 'Normal')]),
      OPTIONS,
    );
    const balanced = sure.metrics.find((m) => m.name === 'mag_balanced_accuracy');
    expect(balanced?.value).toBe(100);
    expect(balanced?.interval?.high).toBe(100);
    // Half of the mean is Large's recall, of which Wilson says 43.8 % at least with 3 of 3: of the mean that is 72 %.
    expect(balanced?.interval?.low).toBeLessThan(90);
    expect(balanced?.interval?.low).toBeGreaterThan(60);
  });

  it('gives the same numbers again, others with another seed, and the same values with any', () => {
    expect(measureTask(PREDICTIONS, OPTIONS)).toEqual({ metrics, confusion });
    const other = measureTask(PREDICTIONS, { ...OPTIONS, seed: 8 }).metrics;
    expect(other).not.toEqual(metrics);
    expect(other.map((m) => [m.name, m.value])).toEqual(metrics.map((m) => [m.name, m.value]));
  });

  it('does not depend on the order of the samples', () => {
    const orders = fc.shuffledSubarray([...PREDICTIONS.labels.keys()], { minLength: PREDICTIONS.labels.length });
    const options = { ...OPTIONS, resamples: 40 };
    const expected = measureTask(PREDICTIONS, options);
    fc.assert(
      fc.property(orders, (order) => {
        expect(measureTask(reordered(PREDICTIONS, order), options)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
