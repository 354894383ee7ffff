import type { TaskPredictions } from '../taskPredictions.js';

/** Passes over one sample that all draws together may take: one to three seconds. */
const BUDGET = 1e8;
/** The standard deviation of 60 draws is that of many within a tenth. */
const LEAST = 60;

/** How often samples are drawn one by one, where `wanted` draws would take longer than anyone waits. */
export function drawsFor(wanted: number, sides: readonly TaskPredictions[]): number {
  const passes = sides.reduce((sum, { classes, labels }) => sum + labels.length * (2 * classes.length + 4), 0);
  return Math.min(wanted, Math.max(LEAST, Math.floor(BUDGET / passes)));
}
