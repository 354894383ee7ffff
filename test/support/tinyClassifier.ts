import { softmaxClassifier } from './onnx.js';
import { TASKS } from './steps.js';

const FEATURES = 4;

/** A real ONNX classifier of the tests' tasks with four features; another `bias` makes other bytes. */
export function tinyClassifier(bias: number): Buffer {
  const tasks = TASKS.map(({ name, classes }) => ({
    name,
    classes,
    weights: classes.map((_, c) => Array.from({ length: FEATURES }, (_, f) => (c === f ? 1 : 0))),
    bias: classes.map(() => bias),
  }));
  return softmaxClassifier({ features: FEATURES, tasks });
}
