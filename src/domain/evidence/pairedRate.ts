import type { TaskPredictions } from '../taskPredictions.js';
import { measureName } from './measureName.js';

/** Samples that a rate is taken of, and on how many of them one side alone does what the rate counts. */
export interface PairedRate {
  readonly trials: number;
  readonly onlyBase: number;
  readonly onlyCandidate: number;
}

/** Of accuracy, recall and false positive rate, which both sides take of the same samples; null for other measures. */
export function pairedRate(name: string, base: TaskPredictions, candidate: TaskPredictions): PairedRate | null {
  const named = measureName(name, base);
  if (!['accuracy', 'recall', 'false_positive_rate'].includes(named.measure)) return null;
  if (named.measure === 'recall' && named.class === null) return null;
  const counts = named.measure !== 'false_positive_rate';
  const label = base.classes.indexOf((counts ? named.class : base.negativeClass) ?? '');
  let [trials, onlyBase, onlyCandidate] = [0, 0, 0];
  for (let i = 0; i < base.labels.length; i++) {
    if (label >= 0 && base.labels[i] !== label) continue;
    const [b, c] = [base, candidate].map(({ labels, predicted }) => (predicted[i] === labels[i]) === counts);
    trials++;
    if (b && !c) onlyBase++;
    if (c && !b) onlyCandidate++;
  }
  return { trials, onlyBase, onlyCandidate };
}
