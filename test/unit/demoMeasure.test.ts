import { describe, expect, it } from 'vitest';
import { MAGNITUDE } from '../../src/demo/demoTasks.js';
import { accuracy, falsePositiveRate, macroF1, matthews, measureTask, recall } from '../../src/demo/measure.js';
import { createRandom } from '../../src/demo/random.js';

// Worked out by hand: a a a a b b c -> 4 of 7 right.
const ANSWERS = { truth: ['a', 'a', 'a', 'a', 'b', 'b', 'c'], predicted: ['a', 'a', 'b', 'a', 'b', 'c', 'b'] };

describe('measures', () => {
  it('agree with a calculation by hand', () => {
    expect(accuracy(ANSWERS)).toBeCloseTo(400 / 7, 12);
    expect(recall(ANSWERS, 'a')).toBe(75);
    expect(recall(ANSWERS, 'c')).toBe(0);
    expect(falsePositiveRate(ANSWERS, 'a')).toBe(25);
    // a: TP 3, FP 0, FN 1 -> 6/7; b: TP 1, FP 2, FN 1 -> 2/5; c: TP 0 -> 0.
    expect(macroF1(ANSWERS)).toBeCloseTo((100 * (6 / 7 + 2 / 5 + 0)) / 3, 12);
    // True counts 4 2 1, predicted 3 3 1: (4*7 - (12+6+1)) / sqrt((49-19)(49-21)).
    expect(matthews(ANSWERS)).toBeCloseTo(9 / Math.sqrt(30 * 28), 12);
  });

  it('give mcc as the correlation of the indicator vectors, which is how Gorodkin defines it', () => {
    const random = createRandom(7);
    const names = ['a', 'b', 'c', 'd'];
    const draw = () => names[Math.floor(random.uniform() * 4)] ?? 'a';
    const truth = Array.from({ length: 200 }, draw);
    const predicted = truth.map((t) => (random.uniform() < 0.6 ? t : draw()));
    expect(matthews({ truth, predicted })).toBeCloseTo(correlation(names, truth, predicted), 12);
  });

  it('know the ends of the scale', () => {
    const truth = ['a', 'b', 'b'];
    expect(matthews({ truth, predicted: truth })).toBe(1);
    expect(matthews({ truth: ['a', 'b'], predicted: ['b', 'a'] })).toBe(-1);
    expect(matthews({ truth, predicted: ['b', 'b', 'b'] })).toBe(0);
    expect(macroF1({ truth, predicted: truth })).toBe(100);
  });

  it('are named after task, measure and class, and leave out what has no number', () => {
    const names = (truth: string[]) => measureTask(MAGNITUDE, { truth, predicted: truth }).map((m) => m.name);
    expect(names(['Large', 'Normal'])).toEqual([
      'magnitude_accuracy',
      'magnitude_f1',
      'magnitude_mcc',
      'magnitude_recall_Large',
      'magnitude_false_positive_rate',
    ]);
    expect(names(['Medium', 'Normal'])).not.toContain('magnitude_recall_Large');
  });
});

function correlation(names: string[], x: string[], y: string[]): number {
  const share = (values: string[], k: string) => values.filter((v) => v === k).length / values.length;
  const covariance = (u: string[], v: string[]) =>
    names.reduce(
      (sum, k) => sum + u.reduce((s, value, i) => s + ((value === k ? 1 : 0) - share(u, k)) * ((v[i] === k ? 1 : 0) - share(v, k)), 0),
      0,
    );
  return covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
}
