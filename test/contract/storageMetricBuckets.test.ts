import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BucketRange, bucketsOf, EVERYTHING, rangesBelow } from '../../src/storage/metricBuckets.js';

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.integer({ min: -300, max: 300 }).map((n) => n / 4),
  fc.constantFrom(0, -0, 5e-324, -5e-324, 2 ** -1022, Number.MAX_VALUE, -Number.MAX_VALUE, 64, -64, 97.63, -97.63),
);

/** What the database does with the rows that registrations leave. */
function counted(values: readonly number[], ranges: readonly BucketRange[]): number {
  const inRange = ({ level, from, below, upTo }: BucketRange, value: number): boolean => {
    const low = bucketsOf(value).find((bucket) => bucket.level === level)?.low ?? Number.NaN;
    return (from === undefined || low >= from) && (below === undefined || low < below) && (upTo === undefined || low <= upTo);
  };
  return ranges.reduce((sum, range) => sum + values.filter((value) => inRange(range, value)).length, 0);
}

describe('metric buckets', () => {
  it('count what lies below a bound, the bound itself as asked', () => {
    const cases = fc.tuple(fc.array(finite, { minLength: 1, maxLength: 30 }), finite, fc.nat());
    fc.assert(
      fc.property(cases, ([values, other, at]) => {
        // Half of the bounds are among the values, where inclusive and exclusive differ.
        const bound = at % 2 === 0 ? other : (values[at % values.length] ?? other);
        expect(counted(values, rangesBelow(bound, false))).toBe(values.filter((value) => value < bound).length);
        expect(counted(values, rangesBelow(bound, true))).toBe(values.filter((value) => value <= bound).length);
        expect(counted(values, [EVERYTHING])).toBe(values.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are finite, begin at or below the value, and lie inside one another', () => {
    fc.assert(
      fc.property(finite, (value) => {
        const lows = bucketsOf(value).map((bucket) => bucket.low);
        expect(lows.every(Number.isFinite)).toBe(true);
        expect(lows).toEqual([...lows].sort((a, b) => a - b));
        expect(lows.at(-1)).toBe(value + 0);
      }),
    );
  });
});
