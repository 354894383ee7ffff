import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { checkText } from '../domain/names.js';
import { defaultPolicy } from '../domain/policy.js';
import type { Model } from '../domain/records.js';
import type { Task } from '../domain/task.js';
import type { Deps, Tx } from '../ports.js';
import { type CreateModelInput, tasksFrom } from './createModel.js';
import { lockedModel } from './found.js';
import { latestPolicy } from './latestPolicy.js';

/** Description and tasks; what is left out stays. A default policy that nobody has touched follows the new tasks. */
export async function updateModel(deps: Deps, actor: Actor, input: CreateModelInput): Promise<Model> {
  const tasks = input.tasks == null ? null : tasksFrom(input.tasks);
  if (input.description != null) checkText(input.description, 'the description');
  const updated = await deps.store.inTransaction(async (tx) => {
    const before = await lockedModel(tx, actor, input.name);
    if (tasks !== null && !sameTasks(before.tasks, tasks) && (await tx.isMeasured(before.name))) {
      throw new JuaraError(
        'TASKS_FROZEN',
        `versions of ${before.name} have been measured on its tasks, which cannot change any more: create a new model`,
      );
    }
    const description = input.description === undefined ? before.description : input.description;
    const after: Model = { ...before, description, tasks: tasks ?? before.tasks };
    await tx.updateModel(before.name, { description: after.description, tasks: after.tasks });
    if (tasks !== null && !sameTasks(before.tasks, tasks)) await replaceDefaultPolicy(tx, deps, actor, before, tasks);
    const data = { description, tasks: after.tasks.map((t) => t.name) };
    await tx.append({ type: 'MODEL_UPDATED', at: deps.now(), actor: actor.name, model: before.name, data });
    return after;
  });
  await deps.folders.registryChanged(updated.name);
  return updated;
}

function sameTasks(a: readonly Task[], b: readonly Task[]): boolean {
  return canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json);
}

async function replaceDefaultPolicy(tx: Tx, deps: Deps, actor: Actor, model: Model, tasks: readonly Task[]): Promise<void> {
  const policy = await latestPolicy(tx, model.name);
  const { model: _model, revision, at: _at, actor: _actor, ...rules } = policy;
  const untouched = canonicalJson(rules as unknown as Json) === canonicalJson(defaultPolicy(model.tasks) as unknown as Json);
  if (untouched) {
    await tx.insertPolicy({ ...defaultPolicy(tasks), model: model.name, revision: revision + 1, at: deps.now(), actor: actor.name });
  } else if (rules.testTask !== null && !tasks.some((t) => t.name === rules.testTask)) {
    throw new JuaraError('INVALID_INPUT', `the policy tests task ${rules.testTask}, which would be gone: change the policy first`);
  }
}
