import type { PreparedSide } from './preparedSide.js';
import { drawCounts } from './resampling/drawCounts.js';
import { type JointCells, jointCells } from './resampling/jointCells.js';
import { sampleDrawer } from './resampling/sampleDrawer.js';
import { seededRandom } from './resampling/seededRandom.js';
import { withPseudoSamples } from './resampling/withPseudoSamples.js';

/** The draws of each measure of one side of one task, by metric name; NaN where a draw has no such number. */
export type Draws = ReadonlyMap<string, Float64Array>;

export interface ResampleOptions {
  readonly draws: number;
  readonly seed: number;
}

/**
 * Bayesian bootstrap (Rubin, "The Bayesian bootstrap", Annals of Statistics 9 (1981) 130-134) of what the confusion counts decide:
 * weights with a flat Dirichlet distribution over the samples of each true class in place of how often each was drawn. A cell of equal
 * samples has the sum of their weights, a gamma variable, so a draw costs as much as there are occupied cells, not samples. No class
 * ever vanishes from a draw. `sides` answer the same samples in the same order; answers with the draws of each.
 */
export function resampleCounts(sides: readonly PreparedSide[], { draws, seed }: ResampleOptions): Draws[] {
  const cells = preparedCells(sides);
  const draw = seededRandom(seed).gammas(cells.shape);
  const weights = new Float64Array(cells.shape.length);
  const record = countRecorder(sides, cells, draws);
  for (let i = 0; i < draws; i++) {
    draw(weights);
    record.add(weights, i);
  }
  return record.draws;
}

/** The same of every measure, those of the probabilities included, which see each sample's own weight. */
export function resampleSamples(sides: readonly PreparedSide[], { draws, seed }: ResampleOptions): Draws[] {
  const cells = preparedCells(sides);
  const draw = sampleDrawer(seededRandom(seed), cells);
  const weights = new Float64Array(cells.shape.length);
  const samples = new Float64Array(cells.cellOf.length);
  const record = countRecorder(sides, cells, draws);
  const probabilities = sides.map((side) => sampleRecorder(side, draws));
  for (let i = 0; i < draws; i++) {
    draw(samples, weights);
    record.add(weights, i);
    for (const side of probabilities) side.add(samples, i);
  }
  return record.draws.map((counted, v) => new Map([...counted, ...(probabilities[v]?.draws ?? [])]));
}

function preparedCells(sides: readonly PreparedSide[]): JointCells {
  const tasks = [...new Set(sides.map((s) => s.predictions.task))];
  return withPseudoSamples(
    jointCells(sides.map((s) => s.predictions)),
    tasks.map((task) => sides.flatMap((s, v) => (s.predictions.task === task ? [v] : []))),
  );
}

function countRecorder(sides: readonly PreparedSide[], cells: JointCells, draws: number) {
  const counts = cells.views.map(({ k }) => new Float64Array(k * k + 1));
  const measures = sides.map((side) => side.counted.map((m) => ({ name: m.name, of: m.of, values: new Float64Array(draws) })));
  const add = (weights: Float64Array, draw: number): void => {
    drawCounts(cells, weights, counts);
    for (let v = 0; v < counts.length; v++) {
      const drawn = counts[v] ?? new Float64Array();
      for (const { of, values } of measures[v] ?? []) values[draw] = of(drawn);
    }
  };
  return { add, draws: measures.map((side) => new Map(side.map((m) => [m.name, m.values]))) };
}

function sampleRecorder({ predictions, sampled }: PreparedSide, draws: number) {
  const { classes, labels } = predictions;
  const measures = sampled.map(({ name, of }) => ({ name, of, values: new Float64Array(draws) }));
  const truth = new Float64Array(classes.length);
  for (const label of labels) truth[label] = (truth[label] ?? 0) + 1;
  const sums = new Float64Array(truth.length);
  const stratified = new Float64Array(labels.length);
  const add = (samples: Float64Array, draw: number): void => {
    sums.fill(0);
    for (let i = 0; i < samples.length; i++) {
      const label = labels[i] ?? 0;
      sums[label] = (sums[label] ?? 0) + (samples[i] ?? 0);
    }
    for (let i = 0; i < samples.length; i++) {
      const label = labels[i] ?? 0;
      stratified[i] = ((samples[i] ?? 0) * (truth[label] ?? 0)) / (sums[label] ?? 1);
    }
    for (const { of, values } of measures) values[draw] = of(stratified);
  };
  return { add, draws: new Map(measures.map((m) => [m.name, m.values])) };
}
