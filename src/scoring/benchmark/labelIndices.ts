import type { Task } from '../../domain/task.js';
import type { Dtype } from './dtype.js';
import { invalid, listed, quoted } from './invalid.js';
import { integerDecoder, stringDecoder } from './labelValues.js';

/** Turns the labels of some samples into indices of the task's classes; `first` is the index of the first of them, for messages. */
export type LabelReader = (bytes: Buffer, first: number) => Int32Array;

export const LABEL_TYPES = 'integers (indices into the classes) or strings (class names, NumPy kinds U and S)';

/** Undefined where labels cannot have the type. `what` names the array in messages. */
export function labelReader(what: string, task: Task, dtype: Dtype): LabelReader | undefined {
  const decode = integerDecoder(dtype) ?? stringDecoder(dtype);
  if (decode === undefined) return undefined;
  const indices = new Map(task.classes.map((name, index) => [name, index]));
  const indexOf = (label: string | number | bigint): number | undefined => {
    if (typeof label === 'string') return indices.get(label);
    return label >= 0 && label < task.classes.length ? Number(label) : undefined;
  };
  return (bytes, first) => {
    const labels = decode(bytes);
    // A plain loop: Int32Array.from with a function takes ten times as long, which a small model's evaluation would notice.
    const found = new Int32Array(labels.length);
    for (let i = 0; i < labels.length; i += 1) {
      const label = labels[i] ?? '';
      const index = indexOf(label);
      if (index === undefined) throw invalid(`${what}, sample ${first + i} (counted from 0): ${noClass(label, task)}`);
      found[i] = index;
    }
    return found;
  };
}

function noClass(label: string | number | bigint, { name, classes }: Task): string {
  if (typeof label === 'string') return `the label ${quoted(label)} is no class of task ${name}, which has ${listed(classes)}`;
  return `the label ${label} is no class of task ${name}, which has 0 to ${classes.length - 1} (${listed(classes)})`;
}
