import { type Actor, mayTouch } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import { parseVersionId } from '../domain/semver.js';
import type { Reads } from '../ports.js';

/** Versions that are looked at for one artifact; more than this share a file only where models are copies of each other. */
const MOST_VERSIONS = 1000;

/** A token that is bound to models may read the files of their versions and no other. */
export async function requireReadable(reads: Pick<Reads, 'versionsWithFile'>, actor: Actor, sha256: string): Promise<void> {
  if (actor.models === null) return;
  const ids = await reads.versionsWithFile(sha256, MOST_VERSIONS);
  if (ids.some((id) => mayTouch(actor, parseVersionId(id)?.model ?? null))) return;
  throw new JuaraError('FORBIDDEN', `the token of ${actor.name} is bound to models none of whose versions holds this artifact`);
}
