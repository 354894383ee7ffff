/**
 * Bounds that hold the middle `level` of the draws (linear between neighbours: definition 7 of Hyndman, Fan, "Sample quantiles in
 * statistical packages", American Statistician 50 (1996) 361-365). Draws without a number (NaN) are left out; null where fewer than
 * half have one.
 */
export function percentiles(draws: Float64Array, level: number): { low: number; high: number } | null {
  const numbers = draws.filter((d) => !Number.isNaN(d)).sort();
  if (numbers.length === 0 || numbers.length < draws.length / 2) return null;
  return { low: quantileOf(numbers, (1 - level) / 2), high: quantileOf(numbers, (1 + level) / 2) };
}

function quantileOf(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? 0;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
