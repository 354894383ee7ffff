import type { TaskPredictions } from '../taskPredictions.js';
import { confusionCounts } from './confusion.js';
import { countMeasures } from './countMeasures.js';
import type { Rate } from './measure.js';
import { sampleMeasures } from './sampleMeasures.js';

export interface Observed {
  readonly value: number;
  /** Present where the measure is a share of samples. */
  readonly rate?: Rate;
  /** It needs every sample's probabilities. */
  readonly bySample: boolean;
}

/** What one side measures of one task, by metric name; what has no number is left out. */
export function observed(side: TaskPredictions): ReadonlyMap<string, Observed> {
  const counts = confusionCounts(side);
  const counted = countMeasures(side).map((m): [string, Observed] => [
    m.name,
    { value: m.of(counts), bySample: false, ...(m.rate !== undefined && { rate: m.rate(counts) }) },
  ]);
  const sampled = sampleMeasures(side).map((m): [string, Observed] => [m.name, { value: m.prepare(side)(null), bySample: true }]);
  return new Map([...counted, ...sampled].filter(([, { value }]) => !Number.isNaN(value)));
}
