import type { DemoTask } from './demoTasks.js';

export interface MeasuredMetric {
  readonly name: string;
  readonly value: number;
}

/** truth[i] and predicted[i] are class names of sample i. */
export interface Answers {
  readonly truth: readonly string[];
  readonly predicted: readonly string[];
}

/**
 * A task's metrics, named `<task>_<measure>[_<class>]`: accuracy, f1 (macro), recall of each critical class and false_positive_rate
 * in percent, mcc from -1 to 1. Nothing is rounded. A recall whose class has no sample is left out, for there is no such number.
 */
export function measureTask(task: DemoTask, answers: Answers): MeasuredMetric[] {
  const recalls = task.criticalClasses.map((c) => ({ name: `${task.name}_recall_${c}`, value: recall(answers, c) }));
  return [
    { name: `${task.name}_accuracy`, value: accuracy(answers) },
    { name: `${task.name}_f1`, value: macroF1(answers) },
    { name: `${task.name}_mcc`, value: matthews(answers) },
    ...recalls,
    { name: `${task.name}_false_positive_rate`, value: falsePositiveRate(answers, task.negativeClass) },
  ].filter(({ value }) => !Number.isNaN(value));
}

/** Percent of samples whose predicted class is the true one. */
export function accuracy({ truth, predicted }: Answers): number {
  return (100 * truth.filter((t, i) => t === predicted[i]).length) / truth.length;
}

/** Percent of the class's samples that are recognised; NaN where it has none. */
export function recall(answers: Answers, name: string): number {
  return (100 * both(answers, name)) / count(answers.truth, name);
}

/**
 * Unweighted mean over the classes of 2 TP / (2 TP + FP + FN), in percent. As in scikit-learn's f1_score(average='macro'), a class
 * counts that occurs in the truth or among the predictions; one that is never found has 0.
 */
export function macroF1(answers: Answers): number {
  const classes = classesOf(answers);
  const f1 = classes.map((c) => (2 * both(answers, c)) / (count(answers.truth, c) + count(answers.predicted, c)));
  return (100 * f1.reduce((sum, value) => sum + value, 0)) / classes.length;
}

/**
 * Matthews correlation for several classes, R_K of Gorodkin, "Comparing two K-category assignments by a K-category correlation
 * coefficient", Computational Biology and Chemistry 28 (2004) 367-374; 0 where one side knows one class only.
 */
export function matthews(answers: Answers): number {
  const samples = answers.truth.length;
  const correct = answers.truth.filter((t, i) => t === answers.predicted[i]).length;
  let [cross, truthSquares, predictedSquares] = [0, 0, 0];
  for (const c of classesOf(answers)) {
    const [t, p] = [count(answers.truth, c), count(answers.predicted, c)];
    cross += t * p;
    truthSquares += t * t;
    predictedSquares += p * p;
  }
  const denominator = Math.sqrt((samples ** 2 - predictedSquares) * (samples ** 2 - truthSquares));
  return denominator === 0 ? 0 : (correct * samples - cross) / denominator;
}

/** Percent of the negative class's samples that raise an alarm, whichever: FP / (FP + TN). */
export function falsePositiveRate(answers: Answers, negativeClass: string): number {
  return 100 - recall(answers, negativeClass);
}

function classesOf({ truth, predicted }: Answers): string[] {
  return [...new Set([...truth, ...predicted])];
}

function count(names: readonly string[], name: string): number {
  return names.filter((n) => n === name).length;
}

function both({ truth, predicted }: Answers, name: string): number {
  return truth.filter((t, i) => t === name && predicted[i] === name).length;
}
