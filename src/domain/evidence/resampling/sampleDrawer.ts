import type { JointCells } from './jointCells.js';
import type { SeededRandom } from './seededRandom.js';

/** From here on an exponential variable, which costs a fraction, is as good as a gamma one of the shape. */
const NEARLY_ONE = 0.98;

/** Fills `samples` with their weights, and `cells` with the sums of these; pseudo-samples, behind the real cells, draw their own. */
export function sampleDrawer(random: SeededRandom, { cellOf, shape }: JointCells): (samples: Float64Array, cells: Float64Array) => void {
  const own = shapesOfSamples(cellOf, shape);
  const rare = Int32Array.from(cellOf.keys()).filter((i) => (own[cellOf[i] ?? 0] ?? 1) < NEARLY_ONE);
  const rareWeights = new Float64Array(rare.length);
  const pseudoWeights = new Float64Array(shape.length - own.length);
  const drawRare = random.gammas(Float64Array.from(rare, (i) => own[cellOf[i] ?? 0] ?? 1));
  const drawPseudo = random.gammas(shape.subarray(own.length));
  return (samples, cells) => {
    for (let i = 0; i < samples.length; i++) samples[i] = random.exponential();
    drawRare(rareWeights);
    for (let r = 0; r < rare.length; r++) samples[rare[r] ?? 0] = rareWeights[r] ?? 0;
    drawPseudo(pseudoWeights);
    cells.fill(0, 0, own.length);
    for (let i = 0; i < samples.length; i++) {
      const cell = cellOf[i] ?? 0;
      cells[cell] = (cells[cell] ?? 0) + (samples[i] ?? 0);
    }
    cells.set(pseudoWeights, own.length);
  };
}

/** For each real cell, the shape of the weight of one of its samples. */
function shapesOfSamples(cellOf: Int32Array, shape: Float64Array): Float64Array {
  const sizes = new Float64Array(cellOf.reduce((most, cell) => Math.max(most, cell + 1), 0));
  for (const cell of cellOf) sizes[cell] = (sizes[cell] ?? 0) + 1;
  return sizes.map((size, cell) => (shape[cell] ?? 0) / size);
}
