import { type Actor, requireModel } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { Model, Version } from '../domain/records.js';
import { checkVersion, versionId } from '../domain/semver.js';
import type { Reads, Tx } from '../ports.js';

/** The model, or MODEL_NOT_FOUND; FORBIDDEN where the actor's token is not for it. */
export async function foundModel(reads: Reads, actor: Actor, name: string): Promise<Model> {
  requireModel(actor, name);
  return (await reads.model(name)) ?? missingModel(name);
}

/** The model with its row locked until the transaction ends: every change of a model begins here. */
export async function lockedModel(tx: Tx, actor: Actor, name: string): Promise<Model> {
  requireModel(actor, name);
  return (await tx.lockModel(name)) ?? missingModel(name);
}

/** The version by exact match, or VERSION_NOT_FOUND. */
export async function foundVersion(reads: Reads, model: string, version: string): Promise<Version> {
  const found = await reads.version(versionId(model, checkVersion(version)));
  if (found === null) {
    throw new JuaraError('VERSION_NOT_FOUND', `${model} has no version ${version}; \`juara list\` shows those that it has`, {
      model,
      version,
    });
  }
  return found;
}

/** The version that is champion now; null before the first promotion. */
export async function foundChampion(reads: Reads, model: Model): Promise<Version | null> {
  return model.champion === null ? null : foundVersion(reads, model.name, model.champion);
}

function missingModel(name: string): never {
  const shown = JSON.stringify(name.slice(0, 100));
  throw new JuaraError('MODEL_NOT_FOUND', `there is no model ${shown}: create it first, or look at \`juara list\``, {
    model: name.slice(0, 100),
  });
}
