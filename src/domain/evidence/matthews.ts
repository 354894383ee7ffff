import { type Counts, correctIn, predictedAs, totalOf, truthOf } from './confusion.js';

/**
 * Matthews correlation for several classes, -1 to 1: R_K of Gorodkin, "Comparing two K-category assignments by a K-category correlation
 * coefficient", Computational Biology and Chemistry 28 (2004) 367-374; 0 where truth or prediction knows one class only
 * (0 of 0, taken as no correlation, as in scikit-learn's matthews_corrcoef).
 */
export function matthews(counts: Counts, k: number): number {
  const samples = totalOf(counts, k);
  if (samples === 0) return Number.NaN;
  const denominator = Math.sqrt(pairsApart(truthOf, counts, k) * pairsApart(predictedAs, counts, k));
  if (denominator === 0) return 0;
  let cross = 0;
  for (let c = 0; c < k; c++) cross += truthOf(counts, k, c) * predictedAs(counts, k, c);
  const correlation = (correctIn(counts, k) * samples - cross) / denominator;
  return Math.max(-1, Math.min(1, correlation));
}

/**
 * Ordered pairs of samples that are of different classes: n^2 less the squares of the class sizes. Added up, as that difference is lost
 * in rounding, and may fall below 0, where a resample leaves next to nothing of all classes but one.
 */
function pairsApart(sizeOf: typeof truthOf, counts: Counts, k: number): number {
  let pairs = 0;
  let before = 0;
  for (let c = 0; c < k; c++) {
    const size = sizeOf(counts, k, c);
    pairs += 2 * before * size;
    before += size;
  }
  return pairs;
}
