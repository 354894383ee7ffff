import type { TaskPredictions } from '../taskPredictions.js';

/** Below this many samples of a class, what rests on it is uncertain in a way that no resampling of them shows in full. */
const FEW = 10;

/** What an interval's `method` says: the method, and which of the classes that it rests on have few samples. */
export function bootstrapMethod({ classes, labels }: Pick<TaskPredictions, 'classes' | 'labels'>): string {
  const truth = new Float64Array(classes.length);
  for (const label of labels) truth[label] = (truth[label] ?? 0) + 1;
  const few = classes.filter((_, c) => (truth[c] ?? 0) > 0 && (truth[c] ?? 0) < FEW);
  return `stratified Bayesian bootstrap${few.length === 0 ? '' : `, few samples of ${few.join(', ')}`}`;
}
