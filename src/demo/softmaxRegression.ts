export interface TrainingOptions {
  /** Passes over the whole data. */
  readonly epochs: number;
  readonly learningRate: number;
  /** L2 penalty on the weights, not on the bias. */
  readonly weightDecay: number;
  /** Of the features, the number that the model looks at, from each half of the bands; the others keep weight 0. */
  readonly bandsPerHalf: number;
  /** 0: every sample counts the same; 1: every class counts the same; in between, weights are (n / n_class)^balance. */
  readonly balance: number;
}

export interface LinearModel {
  /** One row per class, one column per feature. */
  readonly weights: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

/** Flat arrays, class by class: three times as fast as rows of rows. */
interface Parameters {
  readonly classes: number;
  readonly width: number;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/**
 * Multinomial logistic regression by full-batch gradient descent from zero (Bishop, Pattern Recognition and Machine Learning, 2006,
 * section 4.3.4): the loss is convex, so the outcome depends on the data and the effort alone. `labels` index the `classes` classes.
 */
export function trainSoftmaxRegression(
  features: readonly (readonly number[])[],
  labels: readonly number[],
  classes: number,
  options: TrainingOptions,
): LinearModel {
  const width = features[0]?.length ?? 0;
  const used = usedFeatures(width, options.bandsPerHalf);
  const rows = features.map((row) => Float64Array.from(used, (f) => row[f] ?? 0));
  const shares = sampleShares(labels, classes, options.balance);
  const model = zeroParameters(classes, used.length);
  for (let epoch = 0; epoch < options.epochs; epoch++) descend(model, rows, labels, shares, options);
  return { weights: Array.from({ length: classes }, (_, k) => spread(model, k, used, width)), bias: [...model.bias] };
}

/** Class scores before the softmax; the largest is the prediction. */
export function scores(model: LinearModel, row: readonly number[]): number[] {
  return model.weights.map((w, k) => w.reduce((sum, weight, f) => sum + weight * (row[f] ?? 0), model.bias[k] ?? 0));
}

/** Index of the most probable class; the first of several equal ones. */
export function predict(model: LinearModel, row: readonly number[]): number {
  const s = scores(model, row);
  return s.indexOf(Math.max(...s));
}

function zeroParameters(classes: number, width: number): Parameters {
  return { classes, width, weights: new Float64Array(classes * width), bias: new Float64Array(classes) };
}

function usedFeatures(width: number, perHalf: number): number[] {
  return Array.from({ length: width }, (_, f) => f).filter((f) => f % (width / 2) < perHalf);
}

/** Each sample's share of the loss; all of them sum to 1. */
function sampleShares(labels: readonly number[], classes: number, balance: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const raw = labels.map((label) => (labels.length / (counts[label] ?? 1)) ** balance);
  const total = raw.reduce((sum, share) => sum + share, 0);
  return raw.map((share) => share / total);
}

/** One step along the gradient of the mean cross-entropy plus weightDecay/2 |weights|^2. */
function descend(
  model: Parameters,
  rows: readonly Float64Array[],
  labels: readonly number[],
  shares: number[],
  options: TrainingOptions,
): void {
  const gradient = zeroParameters(model.classes, model.width);
  const errors = new Float64Array(model.classes);
  for (const [n, row] of rows.entries()) {
    softmaxInto(errors, model, row);
    const label = labels[n] ?? 0;
    errors[label] = (errors[label] ?? 0) - 1;
    addOuterProduct(gradient, errors, row, shares[n] ?? 0);
  }
  const { weights, bias } = model;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    weights[i] = weight - options.learningRate * ((gradient.weights[i] ?? 0) + options.weightDecay * weight);
  }
  for (let k = 0; k < bias.length; k++) bias[k] = (bias[k] ?? 0) - options.learningRate * (gradient.bias[k] ?? 0);
}

/** Class probabilities of one row; the largest score is taken off first, so that no exponential overflows. */
function softmaxInto(target: Float64Array, { classes, width, weights, bias }: Parameters, row: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < classes; k++) {
    let score = bias[k] ?? 0;
    for (let f = 0; f < width; f++) score += (weights[k * width + f] ?? 0) * (row[f] ?? 0);
    target[k] = score;
    if (score > top) top = score;
  }
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const power = Math.exp((target[k] ?? 0) - top);
    target[k] = power;
    total += power;
  }
  for (let k = 0; k < classes; k++) target[k] = (target[k] ?? 0) / total;
}

function addOuterProduct(sum: Parameters, errors: Float64Array, row: Float64Array, factor: number): void {
  const { classes, width, weights, bias } = sum;
  for (let k = 0; k < classes; k++) {
    const error = factor * (errors[k] ?? 0);
    bias[k] = (bias[k] ?? 0) + error;
    for (let f = 0; f < width; f++) weights[k * width + f] = (weights[k * width + f] ?? 0) + error * (row[f] ?? 0);
  }
}

/** The weights of one class, with 0 for the features that were left out. */
function spread(model: Parameters, k: number, used: readonly number[], width: number): number[] {
  const full = new Array<number>(width).fill(0);
  for (const [i, f] of used.entries()) full[f] = model.weights[k * model.width + i] ?? 0;
  return full;
}
