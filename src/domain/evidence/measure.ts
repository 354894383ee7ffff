import type { TaskPredictions } from '../taskPredictions.js';

/** A rate: `successes` of `trials`, so that its interval can be a binomial one. No trials: there is no such number. */
export interface Rate {
  readonly successes: number;
  readonly trials: number;
}

/** A measure that depends on the confusion counts alone. */
export interface CountMeasure {
  /** Full metric name, `<task>_<measure>` or `<task>_<measure>_<class>`. */
  readonly name: string;
  /**
   * `counts`: k x k, row-major, true class by predicted class; a resample's may be fractions. In the metric's unit; NaN where there is
   * no such number.
   */
  of(counts: ArrayLike<number>): number;
  /** Present where the measure is a share of samples: 100 x successes / trials is its value. */
  readonly rate?: (counts: ArrayLike<number>) => Rate;
}

/** A measure of the samples that it was prepared for; `weights`: how much each counts (a resample's, 0 or more), null: once each. */
export type PreparedMeasure = (weights: ArrayLike<number> | null) => number;

/** A measure that needs every sample's probabilities. */
export interface SampleMeasure {
  readonly name: string;
  /**
   * Does once what every resample shares, such as sorting and taking logarithms. What it returns can be called any number of times,
   * costs one pass over the samples (auc_roc: one for each class), allocates nothing, and gives NaN where there is no such number.
   */
  prepare(predictions: TaskPredictions): PreparedMeasure;
}
