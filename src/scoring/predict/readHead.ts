import type { Tensor } from 'onnxruntime-node';
import { fromFloat16 } from './float16.js';
import type { TaskAnswer } from './predictor.js';
import type { TaskHead } from './taskHeads.js';

/** Float16 probabilities of a dozen classes sum to 1 within this. */
const TOLERANCE = 0.01;

/** One sample's answer to a task; an Error with a plain reason where the output is none. */
export function readHead(head: TaskHead, tensor: Tensor | undefined): TaskAnswer {
  const values = numbersOf(head, tensor);
  const { classes, output } = head;
  if (values.length !== classes.length) {
    throw new Error(`output ${output} has shape [${tensor?.dims.join(', ')}], and one sample of ${classes.length} classes is expected`);
  }
  const strange = values.find((value) => !Number.isFinite(value));
  if (strange !== undefined) throw new Error(`output ${output} holds ${strange}`);
  const probabilities = asProbabilities(values)
    .map((probability, i) => ({ class: classes[i] ?? '', probability }))
    .toSorted((a, b) => b.probability - a.probability);
  const [likeliest] = probabilities;
  if (likeliest === undefined) throw new Error(`output ${output} is empty`);
  return { task: head.task, ...likeliest, probabilities };
}

function numbersOf({ output }: TaskHead, tensor: Tensor | undefined): number[] {
  const data = tensor?.data;
  if (data instanceof Float32Array || data instanceof Float64Array) return Array.from(data);
  if (data instanceof Uint16Array && tensor?.type === 'float16') return Array.from(data, fromFloat16);
  throw new Error(`output ${output} is ${tensor?.type ?? 'missing'}, and probabilities or logits are floats`);
}

/** What sums to 1 as probabilities do is taken for them; anything else for logits, of which softmax makes them. */
function asProbabilities(values: readonly number[]): number[] {
  const sum = total(values);
  if (values.every((value) => value >= 0) && Math.abs(sum - 1) <= TOLERANCE) return values.map((value) => value / sum);
  const most = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - most));
  const whole = total(powers);
  return powers.map((power) => power / whole);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
