import { randomUUID } from 'node:crypto';
import { lstat, readdir, readlink, rename } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import { METADATA_FILE } from '../domain/names.js';
import type { ModelFile, Version } from '../domain/records.js';
import type { BlobStore } from '../ports.js';
import { type HomeLayout, linkTarget } from './homeLayout.js';
import { hashFile } from './regularFile.js';
import { removeStale } from './stageChange.js';
import { errnoOf, unlessMissing } from './storageError.js';
import { buildFolder, isBlob, readText, relink, removeLink, replaceLink, replaceText, restoreBlob } from './versionFolder.js';

/** `repaired`: what was put right; `problems`: what needs a person. Both as sentences that begin with a path inside of the home. */
export interface Findings {
  readonly repaired: string[];
  readonly problems: string[];
}

export interface Mender {
  readonly layout: HomeLayout;
  readonly blobs: Pick<BlobStore, 'localPath'>;
  readonly findings: Findings;
}

const temporary = (layout: HomeLayout): string => join(layout.tmp, randomUUID());

/** Makes a version's folder and its role link what the database says they are; the link before those that no longer hold go. */
export async function mendVersion(mender: Mender, version: Version, metadata: string): Promise<void> {
  const { layout, findings } = mender;
  const place = layout.version(version.id);
  const found = await unlessMissing(lstat(place), null);
  if (found === null) await makeFolder(mender, version, metadata);
  else if (found.isDirectory()) await mendFolder(mender, version, metadata);
  else findings.problems.push(`${shown(layout, place)}: not a folder; move it away and start again`);
  await mendLink(mender, layout.roleLink(version), linkTarget(version.id));
  await dropStale(mender, version);
}

async function makeFolder({ layout, blobs, findings }: Mender, version: Version, metadata: string): Promise<void> {
  const staged = temporary(layout);
  const place = layout.version(version.id);
  const missing = await buildFolder({ staged, place, files: version.files, metadata }, blobs);
  await rename(staged, place);
  findings.repaired.push(`${shown(layout, place)}: made again`);
  for (const file of missing) findings.problems.push(missingBlob(version.id, file));
}

async function mendFolder(mender: Mender, version: Version, metadata: string): Promise<void> {
  const { layout, findings } = mender;
  for (const file of version.files) {
    await orTell(mender, join(layout.version(version.id), file.name), () => mendFile(mender, version.id, file));
  }
  await orTell(mender, layout.metadata(version.id), () => mendMetadata(mender, version.id, metadata));
  const ours = new Set([METADATA_FILE, ...version.files.map((f) => f.name)]);
  for (const name of await readdir(layout.version(version.id))) {
    if (!ours.has(name)) findings.problems.push(`versions/${version.id}/${name}: not a file of this version; left alone`);
  }
}

/** In whose place these are found, something stands that a rename does not replace: a folder, or a link to one. */
const IN_THE_WAY = new Set(['EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST', 'ELOOP']);

/** What somebody put in a file's place may be all there is of it: it is told and left alone, and the start goes on. */
async function orTell({ layout, findings }: Mender, place: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const damaged = error instanceof JuaraError && error.code === 'ARTIFACT_DAMAGED';
    if (!damaged && !IN_THE_WAY.has(errnoOf(error))) throw error;
    const why = damaged ? error.message : 'something else stands in its place';
    findings.problems.push(`${shown(layout, place)}: ${why}; left alone: move it away and start again`);
  }
}

async function mendMetadata({ layout, findings }: Mender, id: string, metadata: string): Promise<void> {
  const place = layout.metadata(id);
  const text = await readText(place).catch((error: unknown) => {
    // A link goes with the rename, what it leads to stays as it is; a folder makes the rename fail.
    if (error instanceof JuaraError && error.code === 'ARTIFACT_DAMAGED') return null;
    throw error;
  });
  if (text === metadata) return;
  await replaceText(place, metadata, temporary(layout));
  findings.repaired.push(`${shown(layout, place)}: written again`);
}

async function mendFile({ layout, blobs, findings }: Mender, id: string, file: ModelFile): Promise<void> {
  const place = join(layout.version(id), file.name);
  const blob = blobs.localPath(file.sha256);
  if (await isBlob(place, blob)) return;
  if (await relink(blob, place, temporary(layout))) {
    findings.repaired.push(`${shown(layout, place)}: linked again`);
    return;
  }
  const bytes = await hashFile(place).catch(() => null);
  if (bytes?.sha256 !== file.sha256) {
    findings.problems.push(missingBlob(id, file));
    return;
  }
  await restoreBlob(place, blob, temporary(layout));
  findings.repaired.push(`${shown(layout, place)}: its blob was missing and has been restored from here`);
}

const missingBlob = (id: string, file: ModelFile): string =>
  `versions/${id}/${file.name}: blob ${file.sha256} is missing; upload the file again or restore it from a backup`;

/** A model that has no champion (any more: an older database was restored) has no champion link. */
export async function dropChampion({ layout, findings }: Mender, model: string): Promise<void> {
  const outcome = await removeLink(layout.championLink(model));
  if (outcome === 'removed') findings.repaired.push(`champion/${model}: removed, the model has no champion`);
  if (outcome === 'kept') findings.problems.push(`champion/${model}: not a link of the registry's; left alone`);
}

async function mendLink({ layout, findings }: Mender, place: string, target: string): Promise<void> {
  const found = await unlessMissing(lstat(place), null);
  if (found !== null && !found.isSymbolicLink()) {
    findings.problems.push(`${shown(layout, place)}: not a link of the registry's, and in its place; move it away and start again`);
    return;
  }
  if (found !== null && (await readlink(place)) === target) return;
  await replaceLink(place, target, temporary(layout));
  findings.repaired.push(`${shown(layout, place)}: now leads to ${target}`);
}

async function dropStale({ layout, findings }: Mender, version: Version): Promise<void> {
  for (const { place, outcome } of await removeStale(layout, version)) {
    if (outcome === 'kept') findings.problems.push(`${place}: not a link of the registry's; left alone`);
    if (outcome === 'removed') findings.repaired.push(`${place}: removed, the version is ${version.status}`);
  }
}

const shown = (layout: HomeLayout, path: string): string => relative(layout.home, path);
