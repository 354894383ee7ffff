import { type ClassMeasure, recallOf } from './classMeasures.js';
import { type Counts, predictedAs, truthOf } from './confusion.js';

/**
 * Unweighted mean over the classes that occur in the truth or among the predictions; one whose own number is 0 of 0 (never predicted,
 * or predicted and never true) has found nothing and counts as 0. Both as scikit-learn has it (average='macro', zero_division as it
 * comes), so that the numbers can be held against those of training scripts.
 */
export function macro(measure: ClassMeasure, counts: Counts, k: number): number {
  let sum = 0;
  let present = 0;
  for (let c = 0; c < k; c++) {
    if (truthOf(counts, k, c) === 0 && predictedAs(counts, k, c) === 0) continue;
    const value = measure(counts, k, c);
    if (!Number.isNaN(value)) sum += value;
    present++;
  }
  return sum / present;
}

/**
 * Mean recall over the classes that have samples (Brodersen and others, "The balanced accuracy and its posterior distribution", ICPR
 * 2010; for several classes as scikit-learn's balanced_accuracy_score). Unlike macro recall it leaves out a class that was only predicted.
 */
export function balancedAccuracy(counts: Counts, k: number): number {
  let sum = 0;
  let sampled = 0;
  for (let c = 0; c < k; c++) {
    if (truthOf(counts, k, c) === 0) continue;
    sum += recallOf(counts, k, c);
    sampled++;
  }
  return sum / sampled;
}
