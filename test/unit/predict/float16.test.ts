import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../../../src/scoring/model/float16.js';

/** Values of IEEE 754-2008 binary16 by their definition, (-1)^sign * 2^(exponent - 15) * (1 + fraction / 1024), and its special ones. */
const KNOWN: readonly (readonly [number, number])[] = [
  [0x0000, 0],
  [0x8000, -0],
  [0x0001, 2 ** -24],
  [0x03ff, 2 ** -14 * (1023 / 1024)],
  [0x0400, 2 ** -14],
  [0x3555, 2 ** -2 * (1 + 341 / 1024)],
  [0x3c00, 1],
  [0x3c01, 1 + 1 / 1024],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
];

it.each(KNOWN)('the bits %i are %d', (bits, value) => {
  expect(fromFloat16(bits)).toBe(value);
  expect(toFloat16(value)).toBe(bits);
});

it('reads and writes every bit pattern alike; NaN stays NaN', () => {
  for (let bits = 0; bits < 2 ** 16; bits += 1) {
    const value = fromFloat16(bits);
    if (Number.isNaN(value)) expect(fromFloat16(toFloat16(value))).toBeNaN();
    else if (toFloat16(value) !== bits) expect.fail(`${bits} is ${value}, which becomes ${toFloat16(value)}`);
  }
});

it('takes the nearest, the even one of two that are as near', () => {
  const positive = fc.integer({ min: 0, max: 0x7bfe });
  fc.assert(
    fc.property(positive, fc.double({ min: 0, max: 1, noNaN: true }), (bits, share) => {
      const [low, high] = [fromFloat16(bits), fromFloat16(bits + 1)];
      // Exact: neighbours have 11 bits, their mean 12.
      const middle = (low + high) / 2;
      const value = low + (high - low) * share;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const nearest = value === middle ? even : value < middle ? bits : bits + 1;
      expect(toFloat16(value)).toBe(nearest);
      expect(toFloat16(-value)).toBe(0x8000 | nearest);
      expect(toFloat16(middle)).toBe(even);
    }),
  );
  // Half a step beyond the largest is infinite, anything less is the largest.
  expect([65519.99, 65520, 1e300].map(toFloat16)).toEqual([0x7bff, 0x7c00, 0x7c00]);
});
