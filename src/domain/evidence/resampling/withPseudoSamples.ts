import type { JointCells, View } from './jointCells.js';

interface PseudoCell {
  readonly size: number;
  /** View -> index into its counts. */
  readonly at: ReadonlyMap<number, number>;
}

/**
 * Adds one pseudo-sample to each true class of each task, in equal parts right and wrong on each side: a quarter each for both right,
 * only one, only the other, both wrong; wrong answers are divided over the other true classes as those are in the benchmark. For a rate
 * this is the prior of Jeffreys (half a success, half a failure), with which a class of three samples that are all answered right keeps
 * the doubt that it deserves; a plain bootstrap would take it for certain. `tasks`: for each task, the numbers of its sides' views.
 */
export function withPseudoSamples(cells: JointCells, tasks: readonly (readonly number[])[]): JointCells {
  const pseudo = tasks.flatMap((sides) => pseudoCells(sides, cells.views));
  const real = cells.size.length;
  const size = new Float64Array(real + pseudo.length);
  size.set(cells.size);
  pseudo.forEach((cell, i) => {
    size[real + i] = cell.size;
  });
  const views = cells.views.map((view, v) => {
    const index = new Int32Array(size.length).fill(-1);
    index.set(view.index);
    pseudo.forEach((cell, i) => {
      index[real + i] = cell.at.get(v) ?? -1;
    });
    return { ...view, index };
  });
  return { size, views, cellOf: cells.cellOf };
}

function pseudoCells(sides: readonly number[], views: readonly View[]): PseudoCell[] {
  const truth = views[sides[0] ?? 0]?.truth ?? new Float64Array();
  const sampled = [...truth.keys()].filter((c) => (truth[c] ?? 0) > 0);
  const samples = truth.reduce((sum, n) => sum + n, 0);
  const part = 1 / 2 ** sides.length;
  /** Each way to be right or wrong, as a bit for each side. */
  const ways = [...Array(2 ** sides.length).keys()];
  return sampled.flatMap((c) => {
    const others = sampled.filter((j) => j !== c);
    const cell = (size: number, way: number, wrong: number): PseudoCell => ({
      size,
      at: new Map(sides.map((v, side) => [v, c * (views[v]?.k ?? 0) + ((way >> side) & 1 ? wrong : c)])),
    });
    return ways.flatMap((way) =>
      way === 0
        ? [cell(part, way, c)]
        : others.map((wrong) => cell((part * (truth[wrong] ?? 0)) / (samples - (truth[c] ?? 0)), way, wrong)),
    );
  });
}
