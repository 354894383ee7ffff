import type { Connection } from './connection.js';
import { operation } from './operation.js';
import { type CountedPage, everyNode, PAGE_INFO, type PageOptions } from './page.js';
import { TASK_FIELDS, type Task, type TaskInput } from './task.js';
import { TRAINING_READINESS_FIELDS, type TrainingReadiness } from './trainingEvent.js';

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly createdAt: string;
  /** Goes up by one with every change of role of any of its versions. */
  readonly revision: number;
  readonly tasks: readonly Task[];
  readonly champion: { readonly version: string; readonly deployedAt: string | null } | null;
  readonly challengers: readonly { readonly version: string }[];
  readonly versions: { readonly totalCount: number };
}

export interface ModelDetail extends Model {
  readonly trainingReadiness: TrainingReadiness;
}

export interface ModelInput {
  readonly name: string;
  readonly description?: string;
  readonly tasks?: readonly TaskInput[];
}

const MODEL_FIELDS = `id name description createdAt revision tasks { ${TASK_FIELDS} }
  champion { version deployedAt } challengers { version } versions(first: 1) { totalCount }`;
const MODEL_DETAIL_FIELDS = `${MODEL_FIELDS} trainingReadiness { ${TRAINING_READINESS_FIELDS} }`;

const MODELS = operation<{ models: CountedPage<Model> }, PageOptions & { search?: string }>(
  `query Models($search: String, $first: Int, $after: String) {
    models(search: $search, first: $first, after: $after) { nodes { ${MODEL_FIELDS} } ${PAGE_INFO} totalCount }
  }`,
);
const MODEL = operation<{ model: ModelDetail | null }, { name: string }>(
  `query Model($name: String!) { model(name: $name) { ${MODEL_DETAIL_FIELDS} } }`,
);
const CREATE = operation<{ createModel: Model }, { input: ModelInput }>(
  `mutation CreateModel($input: CreateModelInput!) { createModel(input: $input) { ${MODEL_FIELDS} } }`,
);
const UPDATE = operation<{ updateModel: Model }, { input: ModelInput }>(
  `mutation UpdateModel($input: UpdateModelInput!) { updateModel(input: $input) { ${MODEL_FIELDS} } }`,
);

export interface ModelCalls {
  /** By name; `search` is a part of it. */
  getModels(options?: PageOptions & { readonly search?: string }): Promise<CountedPage<Model>>;
  allModels(options?: { readonly search?: string }): AsyncGenerator<Model, void, undefined>;
  getModel(name: string): Promise<ModelDetail | null>;
  createModel(input: ModelInput): Promise<Model>;
  updateModel(input: ModelInput): Promise<Model>;
}

export function modelCalls({ query }: Connection): ModelCalls {
  const getModels: ModelCalls['getModels'] = async (options = {}) => (await query(MODELS, { first: 50, ...options })).models;
  return {
    getModels,
    allModels: (options = {}) => everyNode((after) => getModels({ first: 100, ...options, after })),
    getModel: async (name) => (await query(MODEL, { name })).model,
    createModel: async (input) => (await query(CREATE, { input })).createModel,
    updateModel: async (input) => (await query(UPDATE, { input })).updateModel,
  };
}
