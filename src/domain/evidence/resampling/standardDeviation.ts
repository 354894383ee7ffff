/** Of the draws that are numbers. */
export function standardDeviation(draws: Float64Array): number {
  const numbers = draws.filter((d) => !Number.isNaN(d));
  const mean = numbers.reduce((sum, d) => sum + d, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (numbers.length - 1));
}
