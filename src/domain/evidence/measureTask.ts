import type { ConfusionMatrix } from '../evaluation.js';
import { describeMetric, type Metric } from '../metric.js';
import type { TaskPredictions } from '../taskPredictions.js';
import { inCanonicalOrder } from './canonicalOrder.js';
import { confusionCounts } from './confusion.js';
import { drawsFor } from './drawsFor.js';
import { metricInterval } from './metricInterval.js';
import { preparedSide } from './preparedSide.js';
import { type Draws, resampleCounts, resampleSamples } from './resample.js';

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
  const [ordered = predictions] = inCanonicalOrder([predictions]);
  const side = preparedSide(ordered);
  const draws: Draws = new Map([
    ...(resampleSamples([side], { draws: drawsFor(resamples, [ordered]), seed })[0] ?? []),
    ...(resampleCounts([side], { draws: resamples, seed })[0] ?? []),
  ]);
  const metrics = [...side.observed].map(
    ([name, { value }]): Metric => ({
      name,
      value,
      ...describeMetric(name, ordered.task),
      provenance: 'MEASURED',
      interval: metricInterval(name, side, draws.get(name), level),
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
