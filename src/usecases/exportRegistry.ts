import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { Deps } from '../ports.js';
import { foundModel } from './found.js';

/** The model as a registry v2.0 document: the same that stands in the models directory. */
export async function exportRegistry(deps: Deps, actor: Actor, input: { readonly model: string }): Promise<JsonObject> {
  const model = await foundModel(deps.store.reads, actor, input.model);
  const document = await deps.folders.registryDocument(model.name);
  if (document === null) throw new JuaraError('MODEL_NOT_FOUND', `there is no model ${model.name}`);
  return document;
}
