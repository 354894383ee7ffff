import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemar, mcnemarMidP } from '../../../src/domain/evidence/mcnemar.js';

/** All 2^n ways in which n discordant samples can divide, each as likely as any: how often the division is at least as uneven. */
function enumerated(one: number, other: number): { exact: number; mid: number } {
  const n = one + other;
  let [asUneven, evenly] = [0, 0];
  for (let way = 0; way < 2 ** n; way++) {
    const ones = [...way.toString(2)].filter((bit) => bit === '1').length;
    const lead = Math.abs(2 * ones - n);
    if (lead > Math.abs(one - other)) asUneven++;
    else if (lead === Math.abs(one - other)) evenly++;
  }
  return { exact: (asUneven + evenly) / 2 ** n, mid: (asUneven + evenly / 2) / 2 ** n };
}

describe('mcnemar', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('agrees with an enumeration of all divisions, %i against any', (one) => {
    for (let other = 0; other <= 7; other++) {
      const expected = enumerated(one, other);
      expect(mcnemar(one, other)).toBeCloseTo(one === other ? 1 : expected.exact, 12);
      // With equal numbers both tails share the observed table; half of it comes off once.
      if (one !== other) expect(mcnemarMidP(one, other)).toBeCloseTo(expected.mid, 12);
    }
  });

  it('gives the closed form where one side is never right alone: 2 / 2^n, and half of it', () => {
    for (const n of [1, 5, 20, 60]) {
      expect(mcnemar(0, n)).toBeCloseTo(2 ** (1 - n), 12);
      expect(mcnemarMidP(0, n)).toBeCloseTo(2 ** -n, 12);
    }
  });

  it('gives what was published', () => {
    // Fagerland, Lydersen, Laake, BMC Medical Research Methodology 13 (2013) 91: airway hyper-responsiveness (1 and 7), exact
    // conditional 0.0703 and mid-p 0.0391.
    expect(mcnemar(1, 7)).toBeCloseTo(0.0703, 4);
    expect(mcnemarMidP(1, 7)).toBeCloseTo(0.0391, 4);
  });

  it('agrees from either side', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (one, other) => {
        expect(mcnemar(one, other)).toBe(mcnemar(other, one));
        expect(mcnemarMidP(one, other)).toBe(mcnemarMidP(other, one));
      }),
    );
  });

  it('is a probability, mid-p the smaller one, and smaller the more uneven the division is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (n, more) => {
        const fewer = Math.min(n, more);
        const [p, mid] = [mcnemar(fewer, 2 * n - fewer), mcnemarMidP(fewer, 2 * n - fewer)];
        expect(p).toBeLessThanOrEqual(1);
        expect(mid).toBeGreaterThan(0);
        expect(mid).toBeLessThanOrEqual(p);
        if (fewer > 0) expect(mcnemar(fewer - 1, 2 * n - fewer + 1)).toBeLessThan(p + 1e-12);
      }),
    );
  });

  it('finds nothing where nothing differs', () => expect([mcnemar(0, 0), mcnemarMidP(0, 0)]).toEqual([1, 1]));
});
