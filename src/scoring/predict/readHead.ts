import type { Tensor } from 'onnxruntime-node';
import type { TaskAnswer } from '../../domain/prediction.js';
import { distributionsAmong, finiteRows, outputValues, putProbabilities } from '../model/outputRows.js';
import type { TaskHead } from '../model/taskHeads.js';

/**
 * One sample's answer to a task; an Error with a plain reason where the output is none. What sums to 1 as probabilities do is taken for
 * them; anything else for logits, of which softmax makes them.
 */
export function readHead(head: TaskHead, tensor: Tensor | undefined): TaskAnswer {
  const { classes } = head;
  const given = outputValues(head, tensor, 1);
  const rows = finiteRows(head, given, null);
  const values = new Float64Array(classes.length);
  const logits = distributionsAmong(rows, classes.length, given instanceof Uint16Array).count === 0;
  putProbabilities({ rows, from: 0, logits }, [...classes.keys()], values, 0);
  const probabilities = classes
    .map((name, c) => ({ class: name, probability: values[c] ?? 0 }))
    .toSorted((a, b) => b.probability - a.probability);
  const [likeliest] = probabilities;
  if (likeliest === undefined) throw new Error(`output ${head.output} is empty`);
  return { task: head.task, ...likeliest, probabilities };
}
