/**
 * How many versions have a metric within bounds, without looking at each of them: counts are kept in buckets of five sizes.
 *
 * A float64 is taken as an integer whose order is that of the numbers (IEEE 754-2019, 5.10: the sign bit flipped for positive
 * numbers, all bits for negative ones). Its first 12 bits are sign and exponent: level 0 has one bucket for each power of two. Each
 * further level cuts a bucket in 64, and the last level has one bucket for each distinct value. A bucket is named by the lowest number
 * in it, so that a database can compare buckets as it compares values. What lies below a bound is then the whole buckets below it,
 * of each size at most 63, so that a total costs a few hundred small rows at any number of versions.
 */
const LEVEL_BITS = [12, 18, 24, 30, 64] as const;
const VALUES = LEVEL_BITS.length - 1;

const view = new DataView(new ArrayBuffer(8));

/** Lowest number of the bucket that holds `value`. `+ 0` makes -0 a 0. */
function lowOf(value: number, bits: number): number {
  view.setFloat64(0, value + 0);
  const raw = view.getBigUint64(0);
  const negative = raw >> 63n === 1n;
  const mask = (1n << BigInt(64 - bits)) - 1n;
  // Towards minus infinity: a negative number grows in magnitude.
  view.setBigUint64(0, negative ? raw | mask : raw & ~mask);
  return view.getFloat64(0);
}

export interface MetricBucket {
  readonly level: number;
  readonly low: number;
}

/** The bucket of each level that the value falls into. */
export function bucketsOf(value: number): MetricBucket[] {
  return LEVEL_BITS.map((bits, level) => ({ level, low: lowOf(value, bits) }));
}

/** Buckets of one level with from <= low < below, or low <= upTo; a missing bound is none. */
export interface BucketRange {
  readonly level: number;
  readonly from?: number;
  readonly below?: number;
  readonly upTo?: number;
}

/** Ranges that together hold each value below the bound exactly once; `inclusive` adds the bound itself. */
export function rangesBelow(bound: number, inclusive: boolean): BucketRange[] {
  return LEVEL_BITS.map((bits, level) => {
    const parent = LEVEL_BITS[level - 1];
    const from = parent === undefined ? {} : { from: lowOf(bound, parent) };
    if (level < VALUES) return { level, ...from, below: lowOf(bound, bits) };
    return { level, ...from, ...(inclusive ? { upTo: bound + 0 } : { below: bound + 0 }) };
  });
}

/** Every value there is, in its coarsest buckets. */
export const EVERYTHING: BucketRange = { level: 0 };
