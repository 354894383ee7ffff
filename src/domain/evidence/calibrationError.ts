import type { TaskPredictions } from '../taskPredictions.js';
import type { PreparedMeasure } from './measure.js';

const BINS = 15;

/**
 * Expected calibration error, 0 to 1: mean of |accuracy - mean confidence| over 15 bins of equal width by the confidence in the answered
 * class, weighted by their samples, as in Guo and others, "On calibration of modern neural networks", ICML 2017, section 2 and table 1.
 * It is biased upwards where bins hold few samples (Roelofs and others, "Mitigating bias in calibration error estimation", AISTATS 2022).
 */
export function calibrationError({ classes, labels, predicted, probabilities }: TaskPredictions): PreparedMeasure {
  const k = classes.length;
  const confidence = Float32Array.from(predicted, (c, i) => probabilities[i * k + c] ?? 0);
  const bins = Uint8Array.from(confidence, binOf);
  const gaps = Float64Array.from(confidence, (given, i) => (predicted[i] === labels[i] ? 1 : 0) - given);
  const sums = new Float64Array(BINS);
  return (weights) => {
    sums.fill(0);
    let weight = 0;
    for (let i = 0; i < gaps.length; i++) {
      const w = weights === null ? 1 : (weights[i] ?? 0);
      const bin = bins[i] ?? 0;
      sums[bin] = (sums[bin] ?? 0) + w * (gaps[i] ?? 0);
      weight += w;
    }
    let distance = 0;
    for (let b = 0; b < BINS; b++) distance += Math.abs(sums[b] ?? 0);
    return distance / weight;
  };
}

/** Bin b holds (b/15, (b+1)/15], with the bounds in float32 as the confidences are, so that 1/5 is in the bin that ends with it. */
function binOf(confidence: number): number {
  let bin = 0;
  while (bin < BINS - 1 && confidence > Math.fround((bin + 1) / BINS)) bin++;
  return bin;
}
