import { access, constants, lstat, mkdir, rename, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import type { Version } from '../domain/records.js';
import type { BlobStore } from '../ports.js';
import { type HomeLayout, linkTarget, ROLE_FOLDERS, roleFolderOf } from './homeLayout.js';
import { errnoOf, unlessMissing } from './storageError.js';
import { buildFolder, removeLink } from './versionFolder.js';

export interface StagedVersion {
  readonly version: Version;
  /** The whole folder, where the version has none yet; else null. */
  readonly folder: string | null;
  readonly metadata: string;
  readonly link: string;
}

const STAGE_AT_ONCE = 16;

export interface StageInput {
  readonly layout: HomeLayout;
  readonly blobs: Pick<BlobStore, 'localPath'>;
  /** A directory of this change alone. */
  readonly directory: string;
  readonly metadataOf: (version: Version) => string;
}

/** Writes everything that a change of these versions needs into its directory. What can fail fails here, before the commit. */
export async function stageChange(input: StageInput, versions: readonly Version[]): Promise<StagedVersion[]> {
  const { layout, directory } = input;
  const written = [layout.versions, ...ROLE_FOLDERS.map((f) => layout.role(f))];
  await Promise.all([mkdir(directory, { recursive: true }), ...written.map((folder) => access(folder, constants.W_OK))]);
  const staged: StagedVersion[] = [];
  for (let at = 0; at < versions.length; at += STAGE_AT_ONCE) {
    const some = versions.slice(at, at + STAGE_AT_ONCE);
    const results = await Promise.allSettled(some.map((version, i) => stageVersion(input, version, join(directory, String(at + i)))));
    // Settled, all of them: what failed must not leave another one writing into a directory that is being discarded.
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
      staged.push(result.value);
    }
  }
  return staged;
}

async function stageVersion({ layout, blobs, metadataOf }: StageInput, version: Version, prefix: string): Promise<StagedVersion> {
  const staged = { version, metadata: `${prefix}.json`, link: `${prefix}.link` };
  const place = layout.version(version.id);
  const metadata = metadataOf(version);
  const [existing] = await Promise.all([
    unlessMissing(lstat(place), null),
    requireLinkPlace(layout.roleLink(version)),
    symlink(linkTarget(version.id), staged.link),
  ]);
  if (existing !== null && !existing.isDirectory()) throw inTheWay(place);
  if (existing === null) {
    await buildFolder({ staged: prefix, place, files: version.files, metadata }, blobs);
    return { ...staged, folder: prefix };
  }
  await Promise.all([access(place, constants.W_OK), writeFile(staged.metadata, metadata)]);
  return { ...staged, folder: null };
}

async function requireLinkPlace(place: string): Promise<void> {
  const found = await unlessMissing(lstat(place), null);
  if (found !== null && !found.isSymbolicLink()) throw inTheWay(place);
}

function inTheWay(place: string): JuaraError {
  return new JuaraError('STORAGE_READ_ONLY', `${place} is not of the registry's making and stands in its way: move it elsewhere`, {
    place,
  });
}

export interface Step {
  /** Failpoint before it, e.g. `folders-before-champion`; the one after it is `folders-after-champion`. */
  readonly verb: 'metadata' | 'archive' | 'champion' | 'stale';
  /** The part of the disk that it changes; see ApplyOrder. */
  readonly part: string;
  readonly run: () => Promise<unknown>;
}

/**
 * The renames of a change, in an order that keeps two things true after each of them, so also where the process dies:
 * champion/<model> leads to exactly one whole version, whose metadata.json says `active`; and every version that had a place in a role
 * folder has one. So folders and the new champion's metadata come first, then the links of the others are added, then the champion
 * link is swapped, and only then the old champion's metadata changes and the links that no longer hold are removed.
 */
export function changeSteps(layout: HomeLayout, staged: readonly StagedVersion[]): Step[] {
  const step = (verb: Step['verb'], s: StagedVersion, run: () => Promise<unknown>): Step => ({
    verb,
    part: verb === 'champion' ? `champion/${s.version.model}` : `version/${s.version.id}`,
    run,
  });
  const champions = staged.filter((s) => s.version.status === 'CHAMPION');
  const others = staged.filter((s) => s.version.status !== 'CHAMPION');
  const metadata = (s: StagedVersion): Step =>
    step('metadata', s, () =>
      s.folder === null ? rename(s.metadata, layout.metadata(s.version.id)) : putFolder(s.folder, layout, s.version),
    );
  const swap =
    (verb: Step['verb']) =>
    (s: StagedVersion): Step =>
      step(verb, s, () => rename(s.link, layout.roleLink(s.version)));
  const isNew = (s: StagedVersion): boolean => s.folder !== null;
  return [
    ...others.filter(isNew).map(metadata),
    ...champions.map(metadata),
    ...others.map(swap('archive')),
    ...champions.map(swap('champion')),
    ...others.filter((s) => !isNew(s)).map(metadata),
    ...staged.map((s) => step('stale', s, () => removeStale(layout, s.version))),
  ];
}

async function putFolder(folder: string, layout: HomeLayout, version: Version): Promise<void> {
  const place = layout.version(version.id);
  try {
    await rename(folder, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) throw error;
    // Another change of the same version made it meanwhile, with the same files: only the metadata is newer.
    await rename(join(folder, 'metadata.json'), layout.metadata(version.id));
  }
}

/** Removes the version's links in the role folders that are not its own; says what became of each place (`archive/<id>`). */
export async function removeStale(
  layout: HomeLayout,
  version: Version,
): Promise<{ place: string; outcome: 'absent' | 'removed' | 'kept' }[]> {
  const mine = roleFolderOf(version.status);
  const others = (['challenger', 'archive'] as const).filter((folder) => folder !== mine);
  return Promise.all(
    others.map(async (folder) => ({
      place: `${folder}/${version.id}`,
      outcome: await removeLink(join(layout.role(folder), version.id)),
    })),
  );
}

/** After a whole apply there is only an empty directory left. */
export async function discardStaged(directory: string): Promise<void> {
  await rmdir(directory).catch(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));
}
