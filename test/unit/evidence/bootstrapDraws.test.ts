import { describe, expect, it } from 'vitest';
import { preparedSide } from '../../../src/domain/evidence/preparedSide.js';
import { resampleCounts, resampleSamples } from '../../../src/domain/evidence/resample.js';
import { seededRandom } from '../../../src/domain/evidence/resampling/seededRandom.js';
import { predictionsOf, times } from './predictions.js';

const DRAWS = 40_000;

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  const all = Array.from(values);
  const mean = all.reduce((sum, v) => sum + v, 0) / all.length;
  return { mean, variance: all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / all.length };
}

describe('seeded random numbers', () => {
  const sample = (draw: () => number): Float64Array => new Float64Array(400_000).map(draw);

  it('are normal: the shares beyond 0.5, 1, 2, 3 and 3.6 are those of the table', () => {
    const { normal } = seededRandom(11);
    const numbers = sample(normal).sort();
    // 1 - Phi(x), Abramowitz and Stegun, table 26.1; tolerance: five standard deviations of a share.
    for (const [x, beyond] of [
      [0.5, 0.308537539],
      [1, 0.158655254],
      [2, 0.022750132],
      [3, 0.001349898],
      [3.6, 0.000159109],
    ] as const) {
      const tolerance = 5 * Math.sqrt(beyond / numbers.length);
      for (const share of [numbers.filter((v) => v > x), numbers.filter((v) => v < -x)].map((tail) => tail.length / numbers.length)) {
        expect(Math.abs(share - beyond)).toBeLessThan(tolerance);
      }
    }
  });

  it.each([0.05, 0.25, 1, 2.5, 300])('are gamma with mean and variance %d', (shape) => {
    const numbers = new Float64Array(400_000);
    seededRandom(12).gammas(numbers.map(() => shape))(numbers);
    const { mean, variance } = moments(numbers);
    expect(mean / shape).toBeCloseTo(1, shape < 0.1 ? 1 : 2);
    expect(variance / shape).toBeCloseTo(1, 1);
  });

  it('are exponential: one in e is above 1', () => {
    const { exponential } = seededRandom(13);
    expect(sample(exponential).filter((v) => v > 1).length / 400_000).toBeCloseTo(Math.exp(-1), 2);
  });

  it('depend on the seed alone', () => {
    const five = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed).normal);
    expect(five(3)).toEqual(five(3));
    expect(five(3)).not.toEqual(five(4));
  });
});

describe('the draws', () => {
  // Of 10 samples of A 7 right, of 20 of B 16.
  const answers = [...times(7, 'A', 'A'), ...times(3, 'A', 'B'), ...times(16, 'B', 'B'), ...times(4, 'B', 'A')];
  const side = preparedSide(predictionsOf('t', ['A', 'B'], answers));

  /** Closed form: a share of two gamma variables is beta; n / (n + 3) for each sample and a quarter each of a pseudo-sample. */
  function beta(right: number, n: number): { mean: number; variance: number } {
    const scale = n / (n + 3);
    const [a, b] = [right * scale + 0.25, (n - right) * scale + 0.25];
    return { mean: a / (a + b), variance: (a * b) / ((a + b) ** 2 * (a + b + 1)) };
  }

  it('of a recall are beta variables', () => {
    const [draws] = resampleCounts([side], { draws: DRAWS, seed: 1 });
    for (const [name, right, n] of [
      ['t_recall_A', 7, 10],
      ['t_recall_B', 16, 20],
    ] as const) {
      const { mean, variance } = moments((draws?.get(name) ?? new Float64Array()).map((percent) => percent / 100));
      const expected = beta(right, n);
      expect(mean).toBeCloseTo(expected.mean, 2);
      expect(variance / expected.variance).toBeCloseTo(1, 1);
    }
  });

  it('keep the class sizes: accuracy is the mean of the recalls, weighed by 10 and 20, in each draw', () => {
    for (const resample of [resampleCounts, resampleSamples]) {
      const [draws] = resample([side], { draws: 200, seed: 2 });
      const of = (name: string, draw: number): number => draws?.get(name)?.[draw] ?? Number.NaN;
      for (let draw = 0; draw < 200; draw++) {
        expect(of('t_accuracy', draw)).toBeCloseTo((of('t_recall_A', draw) + 2 * of('t_recall_B', draw)) / 3, 9);
      }
    }
  });

  it('by cell and by sample have the same distribution', () => {
    const [byCell] = resampleCounts([side], { draws: DRAWS, seed: 3 });
    const [bySample] = resampleSamples([side], { draws: DRAWS, seed: 4 });
    for (const name of ['t_accuracy', 't_f1', 't_mcc', 't_precision_A']) {
      const [one, other] = [moments(byCell?.get(name) ?? []), moments(bySample?.get(name) ?? [])];
      expect(one.mean / other.mean).toBeCloseTo(1, 2);
      expect(one.variance / other.variance).toBeCloseTo(1, 1);
    }
  });

  it('never lose a class, not even of one sample', () => {
    const rare = preparedSide(predictionsOf('t', ['A', 'B'], [...times(1, 'A', 'A'), ...times(30, 'B', 'B')]));
    const [draws] = resampleCounts([rare], { draws: 1000, seed: 5 });
    for (const values of draws?.values() ?? []) expect(values.some(Number.isNaN)).toBe(false);
  });
});
