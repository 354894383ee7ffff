import { type Counts, hitsOf, predictedAs, truthOf } from './confusion.js';

/** Of one class, in percent, from k x k counts; NaN where there is no such number. */
export type ClassMeasure = (counts: Counts, k: number, c: number) => number;

/** TP / (TP + FN): share of the class's samples that are recognised. */
export const recallOf: ClassMeasure = (counts, k, c) => (100 * hitsOf(counts, k, c)) / truthOf(counts, k, c);

/** TP / (TP + FP): share of the answers "c" that are right. */
export const precisionOf: ClassMeasure = (counts, k, c) => (100 * hitsOf(counts, k, c)) / predictedAs(counts, k, c);

/** 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall (van Rijsbergen, Information Retrieval, 2nd edition 1979, chapter 7). */
export const f1Of: ClassMeasure = (counts, k, c) => (200 * hitsOf(counts, k, c)) / (truthOf(counts, k, c) + predictedAs(counts, k, c));

/** FP / (FP + TN) where c is the negative class: share of its samples that raise an alarm, whichever. */
export const alarmsOf: ClassMeasure = (counts, k, c) => (100 * (truthOf(counts, k, c) - hitsOf(counts, k, c))) / truthOf(counts, k, c);

/** A class that the benchmark holds no sample of has no numbers of its own, also where the model answers it: nothing says how often it is. */
export function ifSampled(measure: ClassMeasure): ClassMeasure {
  return (counts, k, c) => (truthOf(counts, k, c) === 0 ? Number.NaN : measure(counts, k, c));
}
