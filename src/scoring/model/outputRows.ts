import type { Tensor } from 'onnxruntime-node';
import { fromFloat16 } from './float16.js';
import type { TaskHead } from './taskHeads.js';

/** What a head gave for some samples: n x k, row-major, every value finite. */
export type OutputRows = Float32Array | Float64Array;

/** The output's elements: `samples` x k floats, not looked at yet. An Error with a plain reason where it has another type or shape. */
export function outputValues(
  { classes, output }: TaskHead,
  tensor: Tensor | undefined,
  samples: number,
): Float32Array | Float64Array | Uint16Array {
  const data = tensor?.data;
  const floats =
    data instanceof Float32Array || data instanceof Float64Array || (data instanceof Uint16Array && tensor?.type === 'float16');
  if (!floats) throw new Error(`output ${output} is ${tensor?.type ?? 'missing'}, and probabilities or logits are floats`);
  if (data.length === samples * classes.length) return data;
  const expected = `${samples} x ${classes.length} values are expected, one for each sample and class`;
  throw new Error(`output ${output} has shape [${tensor?.dims.join(', ')}], and ${expected}`);
}

/** Elements as numbers; an Error with a plain reason where one is not finite. `first`: index of the first sample, for messages; null: there is one alone. */
export function finiteRows(
  { classes, output }: TaskHead,
  values: Float32Array | Float64Array | Uint16Array,
  first: number | null,
): OutputRows {
  const rows = values instanceof Uint16Array ? Float64Array.from(values, fromFloat16) : values;
  for (let i = 0; i < rows.length; i += 1) {
    if (Number.isFinite(rows[i])) continue;
    const where = first === null ? '' : ` for sample ${first + Math.floor(i / classes.length)} (counted from 0)`;
    throw new Error(`output ${output} holds ${rows[i]}${where}`);
  }
  return rows;
}

/** Float16 probabilities of a dozen classes sum to 1 within the first, float32 ones of thousands within the second. */
const TOLERANCE_16 = 0.01;
const TOLERANCE = 1e-4;

/** How many rows are distributions (values from 0 on that sum to 1), and the first that is none; -1 where all of them are. */
export function distributionsAmong(rows: OutputRows, k: number, half = false): { count: number; firstOther: number } {
  const tolerance = half ? TOLERANCE_16 : TOLERANCE;
  let count = 0;
  let firstOther = -1;
  for (let at = 0; at < rows.length; at += k) {
    let sum = 0;
    let least = 0;
    for (let c = at; c < at + k; c += 1) {
      const value = rows[c] ?? 0;
      sum += value;
      if (value < least) least = value;
    }
    if (least >= 0 && Math.abs(sum - 1) <= tolerance) count += 1;
    else if (firstOther < 0) firstOther = at / k;
  }
  return { count, firstOther };
}

/**
 * Probabilities of one row into `into`, where `columns` says: column c of the row goes to into[at + columns[c]]. What the model gives as
 * a distribution is divided by its sum, logits go through softmax.
 */
export function putProbabilities(
  row: { readonly rows: OutputRows; readonly from: number; readonly logits: boolean },
  columns: ArrayLike<number>,
  into: Float32Array | Float64Array,
  at: number,
): void {
  const { rows, from, logits } = row;
  let most = 0;
  if (logits) {
    most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < columns.length; c += 1) most = Math.max(most, rows[from + c] ?? 0);
  }
  let sum = 0;
  for (let c = 0; c < columns.length; c += 1) sum += logits ? Math.exp((rows[from + c] ?? 0) - most) : (rows[from + c] ?? 0);
  for (let c = 0; c < columns.length; c += 1) {
    const value = rows[from + c] ?? 0;
    into[at + (columns[c] ?? 0)] = (logits ? Math.exp(value - most) : value) / sum;
  }
}
