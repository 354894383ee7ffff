/** What one model answered to one task of a benchmark, sample by sample. n samples, k classes. */
export interface TaskPredictions {
  readonly task: string;
  /** The benchmark's classes in its order, then those that only the model knows: k in all. No sample's label is one of the latter. */
  readonly classes: readonly string[];
  /** Classes of the benchmark that the model does not know; their probabilities are 0. */
  readonly absent: readonly string[];
  /** The class that means 'nothing happened'; null where the task has none. */
  readonly negativeClass: string | null;
  /** True classes, as indices into `classes`; length n. */
  readonly labels: Int32Array;
  /** Classes with the highest probability, the first of equal ones, as indices into `classes`; length n. */
  readonly predicted: Int32Array;
  /** n x k, row-major; each row sums to 1. */
  readonly probabilities: Float32Array;
}
