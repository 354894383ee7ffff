import type { TaskPredictions } from '../taskPredictions.js';
import { measureName } from './measureName.js';

type Labelled = Pick<TaskPredictions, 'task' | 'classes' | 'labels'>;

/** Below this many samples of a class, what rests on it is uncertain in a way that no resampling of them shows in full (docs/policy.md). */
const FEW = 10;
/** Means over the classes, of which a rare one counts as much as any. */
const OF_ALL_CLASSES = ['balanced_accuracy', 'precision', 'recall', 'f1', 'auc_roc'];

/** Samples of each true class, in the order of `classes`. */
export function samplesOfClasses({ classes, labels }: Pick<Labelled, 'classes' | 'labels'>): Float64Array {
  const samples = new Float64Array(classes.length);
  for (const label of labels) samples[label] = (samples[label] ?? 0) + 1;
  return samples;
}

/** Classes with few samples that the metric rests on. */
export function fewSamples(name: string, labelled: Labelled): string[] {
  const samples = samplesOfClasses(labelled);
  const few = labelled.classes.filter((_, c) => (samples[c] ?? 0) > 0 && (samples[c] ?? 0) < FEW);
  const named = measureName(name, labelled);
  if (named.class !== null) return few.filter((c) => c === named.class);
  return OF_ALL_CLASSES.includes(named.measure) ? few : [];
}

/** The method of an interval, and which of the classes that it rests on have few samples. */
export function withFew(method: string, few: readonly string[]): string {
  return few.length === 0 ? method : `${method}, few samples of ${few.join(', ')}`;
}
