import type { TaskPredictions } from '../taskPredictions.js';
import type { PreparedMeasure } from './measure.js';
import { weightedMean } from './weightedMean.js';

/** 2^-23, the relative spacing of float32 numbers. Less than this is taken as this, as in scikit-learn's log_loss for float32. */
export const LEAST_PROBABILITY = 2 ** -23;

/**
 * Mean of -ln(probability of the true class), 0 to 15.94 (Good, "Rational decisions", JRSS B 14 (1952) 107-114). Clipped, so that one
 * sample that a model gives 0 to, e.g. of a class that it does not know, costs 15.94 and not everything.
 */
export function logLoss({ classes, labels, probabilities }: TaskPredictions): PreparedMeasure {
  const k = classes.length;
  return weightedMean(
    Float64Array.from(labels, (label, i) => {
      const given = probabilities[i * k + label] ?? 0;
      return -Math.log(Math.min(Math.max(given, LEAST_PROBABILITY), 1));
    }),
  );
}

/**
 * Half the squared distance of the probabilities from the truth, 0 to 1: Brier, "Verification of forecasts expressed in terms of
 * probability", Monthly Weather Review 78 (1950) 1-3, whose sum over all classes runs from 0 to 2; halved, so that with two classes it
 * is the usual squared error of the one probability.
 */
export function brierScore({ classes, labels, probabilities }: TaskPredictions): PreparedMeasure {
  const k = classes.length;
  return weightedMean(
    Float64Array.from(labels, (label, i) => {
      let squares = 0;
      for (let c = 0; c < k; c++) squares += ((probabilities[i * k + c] ?? 0) - (c === label ? 1 : 0)) ** 2;
      return squares / 2;
    }),
  );
}
