import { z } from 'zod';
import { JuaraError } from '../../domain/errors.js';
import type { TensorInfo } from '../../domain/records.js';
import type { Task } from '../../domain/task.js';
import type { ModelSource } from '../../scoringPorts.js';

/** The output that answers a task. */
export interface TaskHead {
  readonly task: string;
  readonly output: string;
  /** In the order of the output's values. */
  readonly classes: readonly string[];
}

const Mappings = z.record(z.string(), z.unknown());
/** Position, from 0, to class. */
const Positions = z.record(z.string().regex(/^\d{1,6}$/), z.string());

/** Which output answers which task, and with which classes; ARTIFACT_INVALID where that cannot be told. */
export function taskHeads(model: Pick<ModelSource, 'outputs' | 'classMappings' | 'tasks'>, outputs: readonly TensorInfo[]): TaskHead[] {
  return model.tasks.map((task) => {
    const output = outputOf(task, model, outputs);
    const classes = classesOf(task, model.classMappings);
    const size = output.shape.at(-1) ?? null;
    if (size !== null && size !== classes.length) {
      throw invalid(`output ${output.name} has ${size} values, and task ${task.name} of the version ${classes.length} classes`);
    }
    return { task: task.name, output: output.name, classes };
  });
}

/** The one that was named at registration; else the one of the task's name, or the only one. */
function outputOf(
  { name }: Task,
  { outputs: named, tasks }: Pick<ModelSource, 'outputs' | 'tasks'>,
  outputs: readonly TensorInfo[],
): TensorInfo {
  const wanted = named.find((o) => o.task === name)?.output ?? name;
  const only = outputs.length === 1 && tasks.length === 1 ? outputs[0] : undefined;
  const found = outputs.find((o) => o.name === wanted) ?? only;
  if (found !== undefined) return found;
  const names = outputs.map((o) => o.name).join(', ');
  throw invalid(`no output of the file answers task ${name}: it has ${names}; register the version with outputs: which one is it?`);
}

function classesOf(task: Task, classMappings: ModelSource['classMappings']): readonly string[] {
  if (classMappings === null) return task.classes;
  const { data: mappings } = Mappings.safeParse(classMappings);
  if (mappings === undefined || Array.isArray(classMappings))
    throw invalid('class_mappings.json is no object of tasks: {"task": {"0": "class", ...}}');
  const own = Object.hasOwn(mappings, task.name) ? mappings[task.name] : undefined;
  if (own === undefined) return task.classes;
  const { data: positions } = Positions.safeParse(own);
  const classes = Object.entries(positions ?? {}).toSorted(([a], [b]) => Number(a) - Number(b));
  const counted = classes.every(([position], i) => Number(position) === i);
  if (classes.length === 0 || !counted || new Set(classes.map(([, name]) => name)).size < classes.length) {
    throw invalid(`class_mappings.json, ${task.name}: it must map "0", "1", ... to the output's classes, each once`);
  }
  return classes.map(([, name]) => name);
}

function invalid(reason: string): JuaraError {
  return new JuaraError('ARTIFACT_INVALID', reason);
}
