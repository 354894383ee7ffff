import type { TaskPredictions } from '../taskPredictions.js';

/**
 * The same samples in an order that their labels and answers alone decide, so that what is drawn does not depend on the order in which
 * a benchmark lists them. All `predictions` are of the same samples.
 */
export function inCanonicalOrder(predictions: readonly TaskPredictions[]): TaskPredictions[] {
  const samples = predictions[0]?.labels.length ?? 0;
  const order = new Uint32Array(samples).map((_, i) => i).sort((a, b) => compare(predictions, a, b));
  return predictions.map((p) => permuted(p, order));
}

function compare(predictions: readonly TaskPredictions[], a: number, b: number): number {
  for (const { labels, predicted } of predictions) {
    const difference = (labels[a] ?? 0) - (labels[b] ?? 0) || (predicted[a] ?? 0) - (predicted[b] ?? 0);
    if (difference !== 0) return difference;
  }
  for (const { classes, probabilities } of predictions) {
    const k = classes.length;
    for (let c = 0; c < k; c++) {
      const difference = (probabilities[a * k + c] ?? 0) - (probabilities[b * k + c] ?? 0);
      if (difference !== 0) return difference;
    }
  }
  return 0;
}

function permuted(p: TaskPredictions, order: Uint32Array): TaskPredictions {
  const k = p.classes.length;
  const probabilities = new Float32Array(p.probabilities.length);
  order.forEach((from, to) => {
    probabilities.set(p.probabilities.subarray(from * k, (from + 1) * k), to * k);
  });
  return {
    ...p,
    labels: Int32Array.from(order, (i) => p.labels[i] ?? 0),
    predicted: Int32Array.from(order, (i) => p.predicted[i] ?? 0),
    probabilities,
  };
}
