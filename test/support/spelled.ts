import { encodeClassifier } from '../../src/demo/encodeClassifier.js';
import { npz } from './npz.js';

/** The task whose answers the tests spell out. */
export const SPELLED = {
  name: 'magnitude',
  classes: ['Large', 'Medium', 'Moderate', 'Normal'],
  negativeClass: 'Normal',
  criticalClasses: ['Large'],
};
const K = SPELLED.classes.length;
const SCORE = 5;

/** Probability of the class that a model is made to answer with; each other class has a third of the rest. */
export const SURE = Math.exp(SCORE) / (Math.exp(SCORE) + K - 1);

/** The benchmark holds what each model shall answer: model `slot` of `slots` reads its own four of the features. */
export function spelledModel(slot: number, slots: number): Buffer {
  const weights = SPELLED.classes.map((_, c) => Array.from({ length: slots * K }, (_, f) => (f === slot * K + c ? SCORE : 0)));
  return encodeClassifier({
    features: slots * K,
    tasks: [{ name: SPELLED.name, classes: SPELLED.classes, weights, bias: Array(K).fill(0) }],
  });
}

/** Features of one sample to which model `slot` answers class `answers[slot]`. */
export function spelledSample(answers: readonly number[]): number[] {
  return answers.flatMap((answer) => SPELLED.classes.map((_, c) => (c === answer ? 1 : 0)));
}

/** Benchmark of true classes, and of what model `slot` answers to sample i: `answers[slot][i]`. */
export function spelledBenchmark(labels: readonly number[], answers: readonly (readonly number[])[]): Buffer {
  const rows = labels.map((_, i) => spelledSample(answers.map((of) => of[i] ?? 0)));
  return npz({
    features: { dtype: 'float32', shape: [labels.length, answers.length * K], data: rows.flat() },
    [SPELLED.name]: { dtype: 'int64', shape: [labels.length], data: labels },
  });
}

/** 20 Large, 60 Medium, 60 Moderate and 60 Normal. */
export const LABELS: readonly number[] = [20, 60, 60, 60].flatMap((count, c) => Array(count).fill(c));

/** Right, but for the first of some classes, by class: what they are taken for. */
export function wrongOn(first: Readonly<Record<number, readonly [count: number, taken: number]>>): number[] {
  const seen = SPELLED.classes.map(() => 0);
  return LABELS.map((label) => {
    const at = seen[label] ?? 0;
    seen[label] = at + 1;
    const [count, taken] = first[label] ?? [0, label];
    return at < count ? taken : label;
  });
}
