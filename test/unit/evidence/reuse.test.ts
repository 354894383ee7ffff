import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemar } from '../../../src/domain/evidence/mcnemar.js';
import { levelForReuse } from '../../../src/domain/evidence/reuse.js';

describe('levelForReuse', () => {
  it('leaves the first try its level and divides by 3, 6, 10 then', () => {
    expect([0, 1, 2, 3].map((tried) => 0.06 / levelForReuse(0.06, tried))).toEqual([1, 3, 6, 10].map((n) => expect.closeTo(n, 12)));
  });

  it('adds up to less than twice the level, however many are tried', () => {
    // Telescoping by hand: the sum of 2 / ((t + 1) (t + 2)) over t < n is 2 - 2 / (n + 1).
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (tries) => {
        const sum = Array.from({ length: tries }, (_, tried) => levelForReuse(0.05, tried)).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(0.05 * (2 - 2 / (tries + 1)), 12);
      }),
    );
  });

  it('keeps 50 tries in a row within the level with the exact test, whatever they have in common', () => {
    // The chance that an equal challenger passes one try: of all divisions of n discordant samples, by enumeration of the binomial.
    const chance = (n: number, level: number): number => {
      let sum = 0;
      let ways = 1;
      for (let base = 0; base < n / 2; base++) {
        if (mcnemar(base, n - base) < level) sum += ways / 2 ** n;
        ways = (ways * (n - base)) / (base + 1);
      }
      return sum;
    };
    for (const discordant of [5, 12, 30, 80, 200, 400]) {
      const family = Array.from({ length: 50 }, (_, tried) => chance(discordant, levelForReuse(0.05, tried))).reduce((a, b) => a + b, 0);
      expect(family).toBeLessThanOrEqual(0.05);
    }
  });
});
