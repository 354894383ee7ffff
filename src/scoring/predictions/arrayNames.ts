import { JuaraError } from '../../domain/errors.js';
import type { TaskPredictions } from '../../domain/taskPredictions.js';

/** What is told of a task besides its samples. */
export type PredictedTask = Pick<TaskPredictions, 'task' | 'classes' | 'absent' | 'negativeClass'>;

/** Names of a task's arrays in the file of predictions; docs/benchmarks.md lists them. */
export function arrayNames(task: string) {
  return {
    probabilities: task,
    labels: `${task}_label`,
    classes: `${task}_classes`,
    absent: `${task}_absent`,
    /** One name or none. */
    negative: `${task}_negative`,
  };
}

/** INVALID_INPUT where one task is called as an array of another. */
export function checkArrayNames(tasks: readonly PredictedTask[]): void {
  const names = tasks.flatMap(({ task }) => Object.values(arrayNames(task)));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new JuaraError(
      'INVALID_INPUT',
      `the predictions of two tasks would both have an array ${twice}: call one of the tasks otherwise`,
    );
  }
}
