import type { JointCells, View } from './jointCells.js';

interface PseudoCell {
  readonly shape: number;
  /** View -> index into its counts. */
  readonly at: ReadonlyMap<number, number>;
}

/** Of a sample, for each way in which the sides can be right or wrong. */
const PART = 0.25;

/**
 * Adds to each true class of each task a quarter of a sample for each way in which its sides can be right or wrong: for one side half a
 * sample, half of it right; for two sides a whole one, in equal parts both right, only one, only the other, both wrong. Wrong answers are
 * divided equally over the other true classes. So a class of three samples that are all answered right keeps the doubt that it deserves,
 * as with a Bayesian's prior; a plain bootstrap would take it for certain. How much was chosen by coverage (docs/policy.md).
 * `tasks`: for each task, the numbers of its sides' views.
 */
export function withPseudoSamples(cells: JointCells, tasks: readonly (readonly number[])[]): JointCells {
  const pseudo = tasks.flatMap((sides) => pseudoCells(sides, cells.views));
  const real = cells.shape.length;
  const shape = new Float64Array(real + pseudo.length);
  shape.set(cells.shape);
  pseudo.forEach((cell, i) => {
    shape[real + i] = cell.shape;
  });
  const views = cells.views.map((view, v) => {
    const index = new Int32Array(shape.length).fill(view.k * view.k);
    index.set(view.index);
    pseudo.forEach((cell, i) => {
      index[real + i] = cell.at.get(v) ?? view.k * view.k;
    });
    return { ...view, index };
  });
  return { shape, views, cellOf: cells.cellOf };
}

function pseudoCells(sides: readonly number[], views: readonly View[]): PseudoCell[] {
  const truth = views[sides[0] ?? 0]?.truth ?? new Float64Array();
  const sampled = [...truth.keys()].filter((c) => (truth[c] ?? 0) > 0);
  /** Each way to be right or wrong, as a bit for each side. */
  const ways = [...Array(2 ** sides.length).keys()];
  return sampled.flatMap((c) => {
    const others = sampled.filter((j) => j !== c);
    const cell = (shape: number, way: number, wrong: number): PseudoCell => ({
      shape,
      at: new Map(sides.map((v, side) => [v, c * (views[v]?.k ?? 0) + ((way >> side) & 1 ? wrong : c)])),
    });
    return ways.flatMap((way) => (way === 0 ? [cell(PART, way, c)] : others.map((wrong) => cell(PART / others.length, way, wrong))));
  });
}
