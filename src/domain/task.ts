import { JuaraError } from './errors.js';
import { checkIdentifier, checkLabel } from './names.js';

/** min <= value < max; null is unbounded. */
export interface Bin {
  readonly class: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** One thing that a model predicts. */
export interface Task {
  readonly name: string;
  readonly classes: readonly string[];
  readonly negativeClass: string | null;
  readonly criticalClasses: readonly string[];
  readonly bins: readonly Bin[];
}

export function checkTasks(tasks: readonly Task[]): readonly Task[] {
  const names = tasks.map((t) => t.name);
  if (new Set(names).size !== names.length) throw new JuaraError('INVALID_INPUT', 'two tasks have the same name');
  tasks.forEach(checkTask);
  return tasks;
}

function checkTask(task: Task): void {
  checkIdentifier(task.name, 'the task name');
  if (task.classes.length < 2) throw new JuaraError('INVALID_INPUT', `task ${task.name} needs two classes or more`);
  if (new Set(task.classes).size !== task.classes.length) throw new JuaraError('INVALID_INPUT', `task ${task.name} names a class twice`);
  for (const name of task.classes) checkLabel(name, `a class of task ${task.name}`);
  const used = [task.negativeClass, ...task.criticalClasses, ...task.bins.map((b) => b.class)].filter((c) => c !== null);
  for (const name of used) {
    if (!task.classes.includes(name)) throw new JuaraError('INVALID_INPUT', `task ${task.name} has no class ${JSON.stringify(name)}`);
  }
  checkBins(task);
}

function checkBins({ name, bins }: Task): void {
  const low = (b: Bin): number => b.min ?? Number.NEGATIVE_INFINITY;
  const high = (b: Bin): number => b.max ?? Number.POSITIVE_INFINITY;
  const sorted = [...bins].sort((a, b) => low(a) - low(b));
  sorted.forEach((bin, i) => {
    const next = sorted[i + 1];
    if (low(bin) >= high(bin)) throw new JuaraError('INVALID_INPUT', `task ${name}: the bin of ${bin.class} is empty (min >= max)`);
    if (next !== undefined && high(bin) > low(next)) {
      throw new JuaraError('INVALID_INPUT', `task ${name}: the bins of ${bin.class} and ${next.class} overlap`);
    }
  });
}

/** The class of a number, by the task's bins; INVALID_INPUT where none holds it. */
export function classOf(task: Task, value: number): string {
  const bin = task.bins.find((b) => (b.min === null || value >= b.min) && (b.max === null || value < b.max));
  if (bin === undefined) {
    throw new JuaraError('INVALID_INPUT', `task ${task.name}: no bin holds ${value}; give the class instead`);
  }
  return bin.class;
}
