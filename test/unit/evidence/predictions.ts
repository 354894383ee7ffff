import type { TaskPredictions } from '../../../src/domain/taskPredictions.js';

/** Answers that are given as pairs of true and predicted class; the predicted one gets `confidence`, the others share the rest. */
export function predictionsOf(
  task: string,
  classes: readonly string[],
  answers: readonly (readonly [truth: string, predicted: string])[],
  { negativeClass = null as string | null, confidence = 0.7 } = {},
): TaskPredictions {
  const rest = (1 - confidence) / (classes.length - 1);
  return {
    task,
    classes,
    absent: [],
    negativeClass,
    labels: Int32Array.from(answers, ([truth]) => classes.indexOf(truth)),
    predicted: Int32Array.from(answers, ([, predicted]) => classes.indexOf(predicted)),
    probabilities: Float32Array.from(answers.flatMap(([, predicted]) => classes.map((c) => (c === predicted ? confidence : rest)))),
  };
}

/** The same samples in another order: sample i is the one that was at order[i]. */
export function reordered(p: TaskPredictions, order: readonly number[]): TaskPredictions {
  const k = p.classes.length;
  return {
    ...p,
    labels: Int32Array.from(order, (i) => p.labels[i] ?? 0),
    predicted: Int32Array.from(order, (i) => p.predicted[i] ?? 0),
    probabilities: Float32Array.from(order.flatMap((i) => [...p.probabilities.subarray(i * k, (i + 1) * k)])),
  };
}

/** `count` times each of the pairs. */
export function times(count: number, truth: string, predicted: string): [string, string][] {
  return Array.from({ length: count }, () => [truth, predicted]);
}
