import type { TaskPredictions } from '../taskPredictions.js';

/** k x k, row-major: how many samples of true class i were predicted as class j. */
export type Counts = ArrayLike<number>;

export function confusionCounts({ classes, labels, predicted }: Pick<TaskPredictions, 'classes' | 'labels' | 'predicted'>): Int32Array {
  const k = classes.length;
  const counts = new Int32Array(k * k);
  for (let i = 0; i < labels.length; i++) {
    const cell = (labels[i] ?? 0) * k + (predicted[i] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** Samples of true class c. */
export function truthOf(counts: Counts, k: number, c: number): number {
  let sum = 0;
  for (let i = c * k; i < (c + 1) * k; i++) sum += counts[i] ?? 0;
  return sum;
}

/** Samples predicted as class c. */
export function predictedAs(counts: Counts, k: number, c: number): number {
  let sum = 0;
  for (let i = c; i < k * k; i += k) sum += counts[i] ?? 0;
  return sum;
}

/** Samples of class c that were predicted as such. */
export function hitsOf(counts: Counts, k: number, c: number): number {
  return counts[c * k + c] ?? 0;
}

export function correctIn(counts: Counts, k: number): number {
  let sum = 0;
  for (let i = 0; i < k * k; i += k + 1) sum += counts[i] ?? 0;
  return sum;
}

export function totalOf(counts: Counts, k: number): number {
  let sum = 0;
  for (let i = 0; i < k * k; i++) sum += counts[i] ?? 0;
  return sum;
}
