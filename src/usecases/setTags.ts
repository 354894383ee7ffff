import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { checkLabel } from '../domain/names.js';
import type { Tag, Version } from '../domain/records.js';
import type { Deps } from '../ports.js';
import { committed } from './committed.js';
import { foundVersion, lockedModel } from './found.js';

const MAX_TAGS = 100;

export interface SetTagsInput {
  readonly model: string;
  readonly version: string;
  readonly tags: readonly Tag[];
}

/** Keys are unique in a version; values may be empty. */
export function checkTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > MAX_TAGS) throw new JuaraError('INVALID_INPUT', `${tags.length} tags: a version carries ${MAX_TAGS} at most`);
  const keys = tags.map((t) => checkLabel(t.key, 'a tag key'));
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new JuaraError('INVALID_INPUT', `tag ${JSON.stringify(twice)} is given twice`);
  for (const { key, value } of tags) if (value !== '') checkLabel(value, `the value of tag ${key}`, 1_000);
  return tags.map(({ key, value }) => ({ key, value }));
}

/** Replaces all tags of the version. */
export async function setTags(deps: Deps, actor: Actor, input: SetTagsInput): Promise<Version> {
  const tags = checkTags(input.tags);
  return committed(deps, input.model, async (tx) => {
    await lockedModel(tx, actor, input.model);
    const before = await foundVersion(tx, input.model, input.version);
    const after = { ...before, tags };
    await tx.updateVersion(before.id, { tags });
    const data = { version: before.version, tags: tags.map(({ key, value }) => ({ key, value })) };
    await tx.append({ type: 'VERSION_TAGGED', at: deps.now(), actor: actor.name, model: before.model, data });
    return { result: after, versions: [after] };
  });
}
