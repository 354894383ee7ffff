import type { PreparedMeasure } from './measure.js';

/** Mean of the samples' own terms; NaN where nothing has weight. */
export function weightedMean(terms: Float64Array): PreparedMeasure {
  return (weights) => {
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < terms.length; i++) {
      const w = weights === null ? 1 : (weights[i] ?? 0);
      sum += w * (terms[i] ?? 0);
      weight += w;
    }
    return sum / weight;
  };
}
