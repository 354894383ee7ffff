import { JuaraError } from '../../domain/errors.js';
import type { Task } from '../../domain/task.js';
import type { TaskHead } from '../model/taskHeads.js';
import type { PredictedTask } from '../predictions/arrayNames.js';
import { someOf } from './someOf.js';

/** A head of the model that the benchmark has labels for. */
export interface PlannedTask extends PredictedTask {
  readonly head: TaskHead;
  /** Classes that only the model knows. */
  readonly extra: readonly string[];
  /** Column c of the head is column columns[c] of `classes`. */
  readonly columns: Int32Array;
}

/**
 * Matches the model's heads with the benchmark's tasks, and their classes, by name: the benchmark's classes come first, in its order, then
 * those that only the model knows. EVALUATION_FAILED where nothing can be matched.
 */
export function planTasks(heads: readonly TaskHead[], tasks: readonly Task[]): { planned: PlannedTask[]; notes: string[] } {
  const planned = heads.flatMap((head) => {
    const task = tasks.find(({ name }) => name === head.task);
    return task === undefined ? [] : [planTask(head, task)];
  });
  if (planned.length === 0) {
    const [asked, answered] = [tasks.map((t) => t.name).join(', '), heads.map((h) => h.task).join(', ')];
    throw new JuaraError('EVALUATION_FAILED', `the benchmark is labelled for ${asked}, and the model answers ${answered}`);
  }
  const unanswered = tasks.filter(({ name }) => !planned.some((p) => p.task === name));
  const unlabelled = heads.filter(({ task }) => !planned.some((p) => p.task === task));
  const notes = [
    ...unanswered.map(({ name }) => `the model does not answer the benchmark's task ${name}, which has no numbers therefore`),
    ...unlabelled.map(({ task }) => `the benchmark has no labels for the model's task ${task}, which has no numbers therefore`),
    ...planned.flatMap(({ task, extra }) => {
      const names = someOf(extra);
      return extra.length === 0 ? [] : [`task ${task}: the benchmark has no ${names}, so that each answer ${names} is an error`];
    }),
  ];
  return { planned, notes };
}

function planTask(head: TaskHead, { name, classes: wanted, negativeClass }: Task): PlannedTask {
  const absent = wanted.filter((c) => !head.classes.includes(c));
  if (absent.length === wanted.length) {
    throw new JuaraError(
      'EVALUATION_FAILED',
      `task ${name}: the benchmark has the classes ${someOf(wanted)}, the model ${someOf(head.classes)}: they share none; class_mappings.json names the model's`,
    );
  }
  const extra = head.classes.filter((c) => !wanted.includes(c));
  const classes = [...wanted, ...extra];
  return { task: name, head, extra, classes, absent, negativeClass, columns: Int32Array.from(head.classes, (c) => classes.indexOf(c)) };
}
