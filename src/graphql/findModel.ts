import { JuaraError } from '../domain/errors.js';
import type { Model } from '../domain/records.js';
import type { JuaraContext } from './context.js';

/** The model that a record of ours names, through the loader. */
export async function findModel({ loaders }: JuaraContext, name: string): Promise<Model> {
  const found = await loaders.models.load(name);
  if (found === null) throw new JuaraError('DATABASE_DAMAGED', `a record names the model ${name}, which is gone: restore a backup`);
  return found;
}
