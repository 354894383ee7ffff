import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePaired } from '../../../src/domain/evidence/comparePaired.js';
import { tangoInterval } from '../../../src/domain/evidence/tangoInterval.js';
import { predictionsOf, times } from './predictions.js';

const Z = 1.959963984540054;

/** Largest log-likelihood of a trinomial table whose probabilities differ by `difference`, by search: Tango's most likely `second`. */
function mostLikelySecond(first: number, second: number, trials: number, difference: number): number {
  const log = (count: number, p: number): number => (count === 0 ? 0 : count * Math.log(p));
  const likelihood = (p: number): number =>
    log(first, p + difference) + log(second, p) + log(trials - first - second, 1 - 2 * p - difference);
  let [low, high] = [Math.max(0, -difference), (1 - difference) / 2];
  for (let i = 0; i < 200; i++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (likelihood(a) < likelihood(b)) low = a;
    else high = b;
  }
  return (low + high) / 2;
}

describe('tangoInterval', () => {
  it('has the closed form z2 / (n + z2) to both sides where nothing differs', () => {
    const end = (100 * Z ** 2) / (44 + Z ** 2);
    expect(tangoInterval(0, 0, 44, 0.95)).toMatchObject({ low: expect.closeTo(-end, 6), high: expect.closeTo(end, 6) });
  });

  it('ends where the difference is z standard errors away, with the likeliest probabilities as a search finds them', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 200 }));
    fc.assert(
      fc.property(counts, ([first, second, alike]) => {
        const trials = first + second + alike;
        const { low, high } = tangoInterval(first, second, trials, 0.95);
        for (const difference of [low / 100, high / 100]) {
          const p = mostLikelySecond(first, second, trials, difference);
          const error = Math.sqrt(trials * (2 * p + difference * (1 - difference)));
          expect(Math.abs(first - second - trials * difference) / error).toBeCloseTo(Z, 4);
        }
      }),
    );
  });

  it('holds 0 exactly where McNemar’s chi-squared is within z2, and turns round', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(500), (first, second, alike) => {
        fc.pre(first + second + alike > 0 && Math.abs((first - second) ** 2 - Z ** 2 * (first + second)) > 1e-6);
        const { low, high } = tangoInterval(first, second, first + second + alike, 0.95);
        expect(low <= 0 && high >= 0).toBe((first - second) ** 2 <= Z ** 2 * (first + second));
        const turned = tangoInterval(second, first, first + second + alike, 0.95);
        expect(turned.low).toBeCloseTo(-high, 6);
        expect(turned.high).toBeCloseTo(-low, 6);
      }),
    );
  });
});

describe('differences of rates', () => {
  /** 30 alarms and 50 quiet samples; the base misses 6 alarms and rings 9 times for nothing, the candidate 2 (of the 6) and 14 times. */
  const answers = (missed: number, rung: number): [string, string][] => [
    ...times(missed, 'alarm', 'quiet'),
    ...times(30 - missed, 'alarm', 'alarm'),
    ...times(rung, 'quiet', 'alarm'),
    ...times(50 - rung, 'quiet', 'quiet'),
  ];
  const side = (missed: number, rung: number) => predictionsOf('t', ['alarm', 'quiet'], answers(missed, rung), { negativeClass: 'quiet' });
  const { differences } = comparePaired([side(6, 9)], [side(2, 14)], {
    weights: [{ metric: 't_accuracy', weight: 1 }],
    test: 'MCNEMAR_EXACT',
    significanceLevel: 0.05,
    iterations: 200,
    level: 0.95,
    seed: 1,
    fixed: {},
  });

  it.each([
    // By hand: which samples one side alone gets right, or rings for nothing at.
    ['t_accuracy', 4, 5, 80],
    ['t_recall_alarm', 4, 0, 30],
    ['t_recall_quiet', 0, 5, 50],
    ['t_false_positive_rate', 5, 0, 50],
  ])('of %s is that of %i against %i of %i', (name, onlyCandidate, onlyBase, trials) => {
    expect(differences.get(name)).toEqual(tangoInterval(onlyCandidate, onlyBase, trials, 0.95));
  });
});
