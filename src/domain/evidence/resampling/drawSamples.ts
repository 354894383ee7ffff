import type { SeededRandom } from './seededRandom.js';

/** Weights of the samples (exponential, mean 1) and their sums in each cell; pseudo-samples, behind the real cells, draw their own. */
export function drawSamples(
  random: SeededRandom,
  { cellOf, size }: { readonly cellOf: Int32Array; readonly size: Float64Array },
  realCells: number,
  samples: Float64Array,
  cells: Float64Array,
): void {
  cells.fill(0, 0, realCells);
  for (let i = 0; i < cellOf.length; i++) {
    const weight = random.exponential();
    const cell = cellOf[i] ?? 0;
    samples[i] = weight;
    cells[cell] = (cells[cell] ?? 0) + weight;
  }
  for (let cell = realCells; cell < size.length; cell++) cells[cell] = random.gamma(size[cell] ?? 0);
}
