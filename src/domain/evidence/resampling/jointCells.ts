/** What one side answered to one task, sample by sample. */
export interface Answers {
  readonly classes: readonly string[];
  /** Indices into `classes`; length n. */
  readonly labels: Int32Array;
  readonly predicted: Int32Array;
}

/** Where each joint cell falls in one side's confusion counts of one task. */
export interface View {
  /** k: the counts are k x k. */
  readonly k: number;
  /** label * k + predicted, for each joint cell; k * k where the cell says nothing of this task. */
  readonly index: Int32Array;
  /** Samples of each true class; length k. */
  readonly truth: Float64Array;
}

const DOUBT = 3;

/** Samples that every side answered alike in every task, counted together. */
export interface JointCells {
  /**
   * Shape of each cell's weight, a gamma variable: the number of its samples, times n / (n + 3) in a class of n. The weights of n samples
   * vary by (n - 1) / (n + 1) less than their mean does from benchmark to benchmark: n / (n + 2) makes up for that, to the first order,
   * like the n - 1 draws of Rao and Wu ("Resampling inference with complex survey data", Journal of the American Statistical Association
   * 83 (1988) 231-241); the third for the variance that few samples tell badly, as Student's t does. A sample is of one class in each
   * task: the smallest counts.
   */
  readonly shape: Float64Array;
  readonly views: readonly View[];
  /** Cell of each sample; length n. */
  readonly cellOf: Int32Array;
}

/** All answers are of the same n samples in the same order. Cells are numbered as they first occur. */
export function jointCells(answers: readonly Answers[]): JointCells {
  const cellOf = new Int32Array(answers[0]?.labels.length ?? 0);
  for (const { classes, labels, predicted } of answers) {
    const k = classes.length;
    const numbers = new Map<number, number>();
    for (let i = 0; i < cellOf.length; i++) {
      const key = (cellOf[i] ?? 0) * k * k + (labels[i] ?? 0) * k + (predicted[i] ?? 0);
      const number = numbers.get(key) ?? numbers.size;
      if (number === numbers.size) numbers.set(key, number);
      cellOf[i] = number;
    }
  }
  const cells = cellOf.reduce((most, cell) => Math.max(most, cell + 1), 0);
  const views = answers.map((a) => viewOf(a, cellOf, cells));
  const smallest = new Float64Array(cells).map((_, cell) =>
    Math.min(...views.map(({ k, index, truth }) => truth[Math.floor((index[cell] ?? 0) / k)] ?? 0)),
  );
  const shape = new Float64Array(cells);
  for (const cell of cellOf) shape[cell] = (shape[cell] ?? 0) + (smallest[cell] ?? 0) / ((smallest[cell] ?? 0) + DOUBT);
  return { shape, cellOf, views };
}

function viewOf({ classes, labels, predicted }: Answers, cellOf: Int32Array, cells: number): View {
  const k = classes.length;
  const index = new Int32Array(cells);
  const truth = new Float64Array(k);
  cellOf.forEach((cell, i) => {
    const label = labels[i] ?? 0;
    index[cell] = label * k + (predicted[i] ?? 0);
    truth[label] = (truth[label] ?? 0) + 1;
  });
  return { k, index, truth };
}
