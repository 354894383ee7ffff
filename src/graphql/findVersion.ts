import { JuaraError } from '../domain/errors.js';
import type { Version } from '../domain/records.js';
import { versionId } from '../domain/semver.js';
import type { JuaraContext } from './context.js';

/** The version that a record of ours names, through the loader. */
export async function findVersion({ loaders }: JuaraContext, model: string, version: string): Promise<Version> {
  const id = versionId(model, version);
  const found = await loaders.versions.load(id);
  if (found === null) throw new JuaraError('DATABASE_DAMAGED', `a record names ${id}, which is gone: restore a backup`);
  return found;
}

/** The same for a version text that may be null. */
export function findVersionOrNull(context: JuaraContext, model: string, version: string | null): Promise<Version> | null {
  return version === null ? null : findVersion(context, model, version);
}
