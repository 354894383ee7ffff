import type { TaskPredictions } from '../taskPredictions.js';
import { alarmsOf, type ClassMeasure, f1Of, ifSampled, precisionOf, recallOf } from './classMeasures.js';
import { type Counts, correctIn, hitsOf, predictedAs, totalOf, truthOf } from './confusion.js';
import { balancedAccuracy, macro } from './macroMeasures.js';
import { matthews } from './matthews.js';
import type { CountMeasure, Rate } from './measure.js';

type Described = Pick<TaskPredictions, 'task' | 'classes' | 'negativeClass'>;

/** The measures that the confusion counts decide, as docs/metrics.md defines them: those of the whole task, then those of each class. */
export function countMeasures({ task, classes, negativeClass }: Described): readonly CountMeasure[] {
  const k = classes.length;
  const whole = (measure: string, of: (counts: Counts) => number): CountMeasure => ({ name: `${task}_${measure}`, of });
  const accuracy: CountMeasure = {
    name: `${task}_accuracy`,
    of: (counts) => (100 * correctIn(counts, k)) / totalOf(counts, k),
    rate: (counts) => ({ successes: correctIn(counts, k), trials: totalOf(counts, k) }),
  };
  return [
    accuracy,
    whole('balanced_accuracy', (counts) => balancedAccuracy(counts, k)),
    whole('precision', (counts) => macro(precisionOf, counts, k)),
    whole('recall', (counts) => macro(recallOf, counts, k)),
    whole('f1', (counts) => macro(f1Of, counts, k)),
    whole('mcc', (counts) => matthews(counts, k)),
    ...(negativeClass === null ? [] : [falsePositiveRate(task, classes, negativeClass)]),
    ...ofEachClass(`${task}_precision`, classes, ifSampled(precisionOf), precisionRate),
    ...ofEachClass(`${task}_recall`, classes, recallOf, recallRate),
    ...ofEachClass(`${task}_f1`, classes, ifSampled(f1Of)),
  ];
}

function ofEachClass(name: string, classes: readonly string[], measure: ClassMeasure, rate?: ClassRate): CountMeasure[] {
  const k = classes.length;
  return classes.map((label, c) => ({
    name: `${name}_${label}`,
    of: (counts) => measure(counts, k, c),
    ...(rate !== undefined && { rate: (counts) => rate(counts, k, c) }),
  }));
}

function falsePositiveRate(task: string, classes: readonly string[], negativeClass: string): CountMeasure {
  const [k, c] = [classes.length, classes.indexOf(negativeClass)];
  return {
    name: `${task}_false_positive_rate`,
    of: (counts) => alarmsOf(counts, k, c),
    rate: (counts) => ({ successes: truthOf(counts, k, c) - hitsOf(counts, k, c), trials: truthOf(counts, k, c) }),
  };
}

type ClassRate = (counts: Counts, k: number, c: number) => Rate;

const recallRate: ClassRate = (counts, k, c) => ({ successes: hitsOf(counts, k, c), trials: truthOf(counts, k, c) });

/**
 * How often a model says "c" varies with the draw, but given that it said so m times, the right answers among them are binomial of m:
 * an interval that holds for each m holds at large.
 */
const precisionRate: ClassRate = (counts, k, c) => ({
  successes: hitsOf(counts, k, c),
  trials: truthOf(counts, k, c) === 0 ? 0 : predictedAs(counts, k, c),
});
