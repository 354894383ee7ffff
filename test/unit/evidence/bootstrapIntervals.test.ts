import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucInterval } from '../../../src/domain/evidence/aucInterval.js';
import { bootstrapInterval, logOddsInterval, reflectedInterval } from '../../../src/domain/evidence/bootstrapInterval.js';
import { pairedBootstrapTest } from '../../../src/domain/evidence/pairedBootstrapTest.js';
import { recoveredInterval } from '../../../src/domain/evidence/recoveredInterval.js';
import { percentiles } from '../../../src/domain/evidence/resampling/percentiles.js';

const upTo = (last: number): Float64Array => Float64Array.from({ length: last + 1 }, (_, i) => i);

describe('percentiles', () => {
  it('are linear between neighbours', () => {
    // By hand: 2.5 % and 97.5 % of the way from 0 to 1000, and half of the way of four numbers.
    expect(percentiles(upTo(1000), 0.95)).toEqual({ low: expect.closeTo(25, 9), high: expect.closeTo(975, 9) });
    expect(percentiles(Float64Array.of(4, 1, 3, 2), 0)).toEqual({ low: 2.5, high: 2.5 });
  });

  it('leave out draws without a number, and need half of them', () => {
    const half = Float64Array.of(...upTo(4), ...Array<number>(5).fill(Number.NaN));
    expect(percentiles(half, 0.5)).toEqual({ low: 1, high: 3 });
    expect(percentiles(Float64Array.of(...half, Number.NaN), 0.5)).toBeNull();
    expect(percentiles(new Float64Array(0), 0.5)).toBeNull();
  });
});

describe('bootstrap intervals', () => {
  it('hold what was observed', () => {
    expect(bootstrapInterval(upTo(1000), 1001, 0.95)).toMatchObject({ low: expect.closeTo(25, 9), high: 1001 });
    expect(bootstrapInterval(upTo(1000), -1, 0.95)).toMatchObject({ low: -1, high: expect.closeTo(975, 9) });
  });

  it('are normal with few draws: 1.96 standard deviations of (-1, 1, -1, 1, ...) to each side', () => {
    const draws = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? -1 : 1));
    const half = 1.959964 * Math.sqrt(100 / 99);
    expect(bootstrapInterval(draws, 5, 0.95)).toMatchObject({ low: expect.closeTo(5 - half, 5), high: expect.closeTo(5 + half, 5) });
  });

  it('are null where fewer than half of the draws have a number', () => {
    const draws = Float64Array.of(1, Number.NaN, Number.NaN);
    for (const interval of [bootstrapInterval, logOddsInterval, reflectedInterval]) expect(interval(draws, 0.5, 0.95)).toBeNull();
  });

  it('of the calibration error reflect squares below, not under 0, and are normal above', () => {
    // By hand: draws from 1 to 7, of which 97.5 % of the way is 6.85; 2 x 25 - 6.85^2 = 3.0775, 2 x 9 - 6.85^2 is negative.
    const draws = Float64Array.of(1, 7);
    const half = 1.959964 * Math.sqrt(18);
    expect(reflectedInterval(draws, 5, 0.95)).toMatchObject({
      low: expect.closeTo(Math.sqrt(3.0775), 9),
      high: expect.closeTo(5 + half, 4),
    });
    expect(reflectedInterval(draws, 3, 0.95)?.low).toBe(0);
  });

  it('on log odds stay within 0 and 1', () => {
    // Draws with log odds 1 and 3, around 2: by hand 2 -/+ 1.96 x sqrt(2).
    const draws = Float64Array.of(1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-3)));
    const interval = logOddsInterval(draws, 1 / (1 + Math.exp(-2)), 0.95);
    expect(interval?.low).toBeCloseTo(1 / (1 + Math.exp(-(2 - 1.959964 * Math.SQRT2))), 6);
    expect(interval?.high).toBeCloseTo(1 / (1 + Math.exp(-(2 + 1.959964 * Math.SQRT2))), 6);
  });
});

describe('aucInterval', () => {
  it('of area 1 has the closed form of its equation', () => {
    // With one sample on each side N* is 0: (1 - t)^2 = z^2 t (1 - t), so t = 1 / (1 + z^2), by hand.
    expect(aucInterval(1, 1, 1, 0.95)).toMatchObject({ low: expect.closeTo(1 / (1 + 1.959963984540054 ** 2), 9), high: 1 });
  });

  it('holds the area, turns round with it, and solves its equation', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 400 }),
        (area, m, n) => {
          const [one, other] = [aucInterval(area, m, n, 0.95), aucInterval(1 - area, m, n, 0.95)];
          expect(one.low).toBeLessThanOrEqual(area);
          expect(one.high).toBeGreaterThanOrEqual(area);
          expect(one.low).toBeCloseTo(1 - other.high, 6);
          const t = one.low;
          const spread = 1 + ((m + n) / 2 - 1) * ((1 - t) / (2 - t) + t / (1 + t));
          expect((area - t) ** 2).toBeCloseTo((1.959963984540054 ** 2 * t * (1 - t) * spread) / (m * n), 6);
        },
      ),
    );
  });
});

describe('recoveredInterval', () => {
  it('adds the distances as the sides of a right angle', () => {
    // By hand: 0.8 - 0.5 with distances (3, 4): down 5, up 13 of (12, 5), in hundredths.
    const estimate = (value: number, low: number, high: number) => ({ value, interval: { low, high, level: 0.95, method: 'm' } });
    const [base, candidate] = [estimate(0.5, 0.45, 0.54), estimate(0.8, 0.77, 0.92)];
    expect(recoveredInterval(base, candidate, 0)).toMatchObject({
      low: expect.closeTo(0.25, 12),
      high: expect.closeTo(0.43, 12),
      level: 0.95,
    });
    // As far as one goes along with the other, only what is left of the longer side counts.
    expect(recoveredInterval(base, candidate, 1)).toMatchObject({ low: expect.closeTo(0.29, 12), high: expect.closeTo(0.37, 12) });
  });
});

describe('pairedBootstrapTest', () => {
  /** All n^n resamples: of the differences d of each, the share with |d - observed| >= |observed|. */
  function enumerated(onlyBase: number, onlyCandidate: number, n: number): number {
    const scores = Array.from({ length: n }, (_, i) => (i < onlyBase ? -1 : i < onlyBase + onlyCandidate ? 1 : 0));
    const observed = onlyCandidate - onlyBase;
    let far = 0;
    for (let resample = 0; resample < n ** n; resample++) {
      let difference = 0;
      for (let left = resample, i = 0; i < n; i++, left = Math.floor(left / n)) difference += scores[left % n] ?? 0;
      if (Math.abs(difference - observed) >= Math.abs(observed)) far++;
    }
    return far / n ** n;
  }

  it('agrees with an enumeration of all resamples', () => {
    for (const n of [1, 2, 3, 4, 5, 6]) {
      for (let onlyBase = 0; onlyBase <= n; onlyBase++) {
        for (let onlyCandidate = 0; onlyBase + onlyCandidate <= n; onlyCandidate++) {
          const expected = enumerated(onlyBase, onlyCandidate, n);
          expect(pairedBootstrapTest(onlyBase, onlyCandidate, n), `${onlyBase} ${onlyCandidate} ${n}`).toBeCloseTo(expected, 9);
        }
      }
    }
  });

  it('agrees from either side, and with the normal approximation where many differ', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(5000), (one, other, alike) => {
        const [p, q] = [pairedBootstrapTest(one, other, one + other + alike), pairedBootstrapTest(other, one, one + other + alike)];
        expect(p).toBe(q);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
    // 20,000 of 100,000 differ, net 200: z = 200 / sqrt(20,000 - 0.4) = 1.4142, two-sided 0.1573.
    expect(pairedBootstrapTest(9900, 10_100, 100_000)).toBeCloseTo(0.1573, 2);
  });
});
