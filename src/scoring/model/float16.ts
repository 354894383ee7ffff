/** IEEE 754-2008 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
const FRACTION_BITS = 10;
const BIAS = 15;
const LEAST_EXPONENT = 1 - BIAS;
const MOST_EXPONENT = 31;
const LARGEST = 65504;

export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> FRACTION_BITS) & MOST_EXPONENT;
  const fraction = (bits & 0x3ff) / 2 ** FRACTION_BITS;
  if (exponent === MOST_EXPONENT) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** LEAST_EXPONENT : sign * (1 + fraction) * 2 ** (exponent - BIAS);
}

/** The nearest one, the even one of two that are as near; infinite beyond the largest. */
export function toFloat16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  const exponent = Math.max(Math.floor(Math.log2(size)), LEAST_EXPONENT);
  const step = 2 ** (exponent - FRACTION_BITS);
  const rounded = roundHalfEven(size / step) * step;
  if (rounded > LARGEST) return sign | 0x7c00;
  // Steps above the least exponent count on: a fraction that overflows raises the exponent by itself.
  const steps = Math.round(rounded / step);
  return sign | (steps + ((exponent - LEAST_EXPONENT) << FRACTION_BITS));
}

/** Of a number from 0 to 2^11, where halves are exact. */
function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const above = value - low;
  if (above !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}
