import type { TaskPredictions } from '../taskPredictions.js';
import { confusionCounts } from './confusion.js';
import { countMeasures } from './countMeasures.js';
import type { CountMeasure, PreparedMeasure, Rate } from './measure.js';
import { sampleMeasures } from './sampleMeasures.js';

export interface Observed {
  readonly value: number;
  /** Present where the measure is a share of samples. */
  readonly rate?: Rate;
  /** It needs every sample's probabilities. */
  readonly bySample: boolean;
}

/** One side of one task with its measures, prepared once for all draws. */
export interface PreparedSide {
  readonly predictions: TaskPredictions;
  readonly counted: readonly CountMeasure[];
  readonly sampled: readonly { readonly name: string; readonly of: PreparedMeasure }[];
  /** By metric name; what has no number is left out. */
  readonly observed: ReadonlyMap<string, Observed>;
}

export function preparedSide(predictions: TaskPredictions): PreparedSide {
  const counts = confusionCounts(predictions);
  const counted = countMeasures(predictions);
  const sampled = sampleMeasures(predictions).map((m) => ({ name: m.name, of: m.prepare(predictions) }));
  const observed = [
    ...counted.map((m): [string, Observed] => [
      m.name,
      { value: m.of(counts), bySample: false, ...(m.rate !== undefined && { rate: m.rate(counts) }) },
    ]),
    ...sampled.map((m): [string, Observed] => [m.name, { value: m.of(null), bySample: true }]),
  ];
  return { predictions, counted, sampled, observed: new Map(observed.filter(([, { value }]) => !Number.isNaN(value))) };
}
