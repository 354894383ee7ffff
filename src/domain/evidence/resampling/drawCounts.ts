import type { JointCells, View } from './jointCells.js';

/**
 * Adds up the cells' weights in each view's confusion counts (length k x k, and one for cells that say nothing of
 * the task), scaled so that every true class keeps the number of
 * samples that the benchmark has of it: each task is stratified by its own labels, while the samples are drawn for all tasks at once.
 */
export function drawCounts({ views }: JointCells, weights: Float64Array, counts: readonly Float64Array[]): void {
  for (let v = 0; v < views.length; v++) {
    const [view, sums] = [views[v], counts[v]];
    if (view !== undefined && sums !== undefined) addUp(view, weights, sums);
  }
}

function addUp({ k, index, truth }: View, weights: Float64Array, counts: Float64Array): void {
  counts.fill(0);
  for (let cell = 0; cell < index.length; cell++) {
    const at = index[cell] ?? 0;
    counts[at] = (counts[at] ?? 0) + (weights[cell] ?? 0);
  }
  for (let label = 0; label < k; label++) {
    let sum = 0;
    for (let at = label * k; at < (label + 1) * k; at++) sum += counts[at] ?? 0;
    if (sum === 0) continue;
    const scale = (truth[label] ?? 0) / sum;
    for (let at = label * k; at < (label + 1) * k; at++) counts[at] = (counts[at] ?? 0) * scale;
  }
}
