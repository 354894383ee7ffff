import type { ConfusionMatrix } from '../evaluation.js';
import { describeMetric, type Interval, type Metric } from '../metric.js';
import type { TaskPredictions } from '../taskPredictions.js';
import { bootstrapInterval } from './bootstrapInterval.js';
import { bootstrapMethod } from './bootstrapMethod.js';
import { inCanonicalOrder } from './canonicalOrder.js';
import { confusionCounts } from './confusion.js';
import { drawsFor } from './drawsFor.js';
import { observed } from './observed.js';
import { type Draws, resampleCounts, resampleSamples } from './resample.js';
import { wilson } from './wilson.js';

export interface MeasureOptions {
  /** The benchmark's name. */
  readonly benchmark: string;
  readonly seed: number;
  readonly resamples: number;
  /** Of the intervals, e.g. 0.95. */
  readonly level: number;
}

export interface MeasuredTask {
  readonly metrics: readonly Metric[];
  readonly confusion: ConfusionMatrix;
}

/**
 * Every measure of one task, as docs/metrics.md defines them, with its interval: Wilson's for shares of samples, a seeded bootstrap
 * stratified by true class for the rest. A measure that has no number here, such as the recall of a class without samples, is left
 * out. The order of the samples changes nothing.
 */
export function measureTask(predictions: TaskPredictions, { benchmark, seed, resamples, level }: MeasureOptions): MeasuredTask {
  const side = inCanonicalOrder([predictions]);
  const [ordered = predictions] = side;
  const draws: Draws = new Map([
    ...(resampleSamples(side, { draws: drawsFor(resamples, side), seed })[0] ?? []),
    ...(resampleCounts(side, { draws: resamples, seed })[0] ?? []),
  ]);
  const method = bootstrapMethod(ordered);
  const resampled = (name: string, value: number): Interval | null => {
    const drawn = draws.get(name);
    return drawn === undefined ? null : bootstrapInterval(drawn, value, level, method);
  };
  const metrics = [...observed(ordered)].map(
    ([name, { value, rate }]): Metric => ({
      name,
      value,
      ...describeMetric(name, ordered.task),
      provenance: 'MEASURED',
      interval: rate === undefined ? resampled(name, value) : wilson(rate.successes, rate.trials, level),
      benchmark,
    }),
  );
  return { metrics, confusion: confusionMatrix(ordered) };
}

function confusionMatrix(predictions: TaskPredictions): ConfusionMatrix {
  const { task, classes } = predictions;
  const k = classes.length;
  const counts = confusionCounts(predictions);
  return { task, classes, counts: classes.map((_, c) => [...counts.subarray(c * k, (c + 1) * k)]) };
}
