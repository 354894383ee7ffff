import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../../src/domain/evidence/wilson.js';

describe('wilson', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998) 857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives what Newcombe printed for %i of %i', (successes, trials, low, high) => {
    const interval = wilson(successes, trials, 0.95);
    expect((interval?.low ?? Number.NaN) / 100).toBeCloseTo(low, 4);
    expect((interval?.high ?? Number.NaN) / 100).toBeCloseTo(high, 4);
  });

  it('solves |share - p| = z sqrt(p (1 - p) / n), which defines it, at both ends', () => {
    const level = fc.constantFrom<[number, number]>([0.9, 1.6448536269514722], [0.95, 1.959963984540054], [0.99, 2.5758293035489004]);
    fc.assert(
      fc.property(level, fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), ([given, z], trials, share) => {
        const successes = Math.round(share * trials);
        const interval = wilson(successes, trials, given);
        for (const percent of [interval?.low ?? Number.NaN, interval?.high ?? Number.NaN]) {
          const p = percent / 100;
          expect(Math.abs(successes / trials - p)).toBeCloseTo(z * Math.sqrt((p * (1 - p)) / trials), 9);
        }
      }),
    );
  });

  it('turns round when success and failure change places', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (successes, failures) => {
        fc.pre(successes + failures > 0);
        const [one, other] = [wilson(successes, successes + failures, 0.95), wilson(failures, successes + failures, 0.95)];
        expect(one?.low).toBeCloseTo(100 - (other?.high ?? Number.NaN), 9);
        expect(one?.high).toBeCloseTo(100 - (other?.low ?? Number.NaN), 9);
      }),
    );
  });

  it('has no interval without trials', () => expect(wilson(0, 0, 0.95)).toBeNull());
});
