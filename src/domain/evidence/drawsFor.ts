import type { TaskPredictions } from '../taskPredictions.js';

/** Passes over one sample that all draws together may take: about three seconds. */
const BUDGET = 1e9;
/** Fewer draws would leave the 2.5 % at each end to chance: the fifth of 200. */
const LEAST = 200;

/** How often samples are drawn one by one, where `wanted` draws would take longer than anyone waits: 200 at least. */
export function drawsFor(wanted: number, sides: readonly TaskPredictions[]): number {
  const passes = sides.reduce((sum, { classes, labels }) => sum + labels.length * (2 * classes.length + 4), 0);
  return Math.min(wanted, Math.max(LEAST, Math.floor(BUDGET / passes)));
}
