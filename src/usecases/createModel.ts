import { type Actor, requireModel } from '../domain/actor.js';
import { checkModelName, checkText } from '../domain/names.js';
import { defaultPolicy, type PolicyRules } from '../domain/policy.js';
import type { Millis, Model, PipelineHistory } from '../domain/records.js';
import { type Bin, checkTasks, type Task } from '../domain/task.js';
import type { Deps, Tx } from '../ports.js';

export interface TaskInput {
  readonly name: string;
  readonly classes: readonly string[];
  readonly negativeClass?: string | null;
  readonly criticalClasses?: readonly string[] | null;
  readonly bins?: readonly { readonly class: string; readonly min?: number | null; readonly max?: number | null }[] | null;
}

export interface CreateModelInput {
  readonly name: string;
  readonly description?: string | null;
  readonly tasks?: readonly TaskInput[] | null;
}

/** A model without versions and with the default policy of its tasks; MODEL_EXISTS where the name is taken. */
export async function createModel(deps: Deps, actor: Actor, input: CreateModelInput): Promise<Model> {
  requireModel(actor, input.name);
  const tasks = tasksFrom(input.tasks ?? []);
  const description = input.description ?? null;
  if (description !== null) checkText(description, 'the description');
  const model = await deps.store.inTransaction((tx) =>
    addModel(tx, { name: input.name, description, tasks, history: null, at: deps.now(), actor: actor.name, policy: defaultPolicy(tasks) }),
  );
  await deps.folders.registryChanged(model.name);
  return model;
}

/** Fills what the input leaves out and checks the whole. */
export function tasksFrom(inputs: readonly TaskInput[]): readonly Task[] {
  return checkTasks(
    inputs.map((t) => ({
      name: t.name,
      classes: t.classes,
      negativeClass: t.negativeClass ?? null,
      criticalClasses: t.criticalClasses ?? [],
      bins: (t.bins ?? []).map((b): Bin => ({ class: b.class, min: b.min ?? null, max: b.max ?? null })),
    })),
  );
}

interface NewModel {
  readonly name: string;
  readonly description: string | null;
  readonly tasks: readonly Task[];
  readonly history: PipelineHistory | null;
  readonly at: Millis;
  readonly actor: string;
  readonly policy: PolicyRules;
}

/** Inserts the model, revision 1 of its policy, and the event, in the caller's transaction. */
export async function addModel(tx: Tx, n: NewModel): Promise<Model> {
  const model: Model = {
    name: checkModelName(n.name),
    description: n.description,
    createdAt: n.at,
    revision: 0,
    tasks: n.tasks,
    champion: null,
    history: n.history,
  };
  await tx.insertModel(model);
  await tx.insertPolicy({ ...n.policy, model: n.name, revision: 1, at: n.at, actor: n.actor });
  await tx.append({
    type: 'MODEL_CREATED',
    at: n.at,
    actor: n.actor,
    model: n.name,
    data: { name: n.name, tasks: n.tasks.map((t) => t.name) },
  });
  return model;
}
