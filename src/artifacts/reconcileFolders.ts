import { readdir, readlink, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Model, Version } from '../domain/records.js';
import { parseVersionId } from '../domain/semver.js';
import type { Reads } from '../ports.js';
import type { FoldersMirror } from './folders.js';
import { linkTarget, ROLE_FOLDERS } from './homeLayout.js';
import type { Findings } from './mendVersion.js';
import type { MirrorReads } from './registryState.js';
import { modelPages } from './registryWriter.js';
import { errnoOf, unlessMissing, withStorageErrors } from './storageError.js';
import { removeLink } from './versionFolder.js';

export type ReconcileReads = MirrorReads & Pick<Reads, 'champions'>;

const PAGE = 200;

/**
 * Makes the disk agree with the database, whatever step a change was broken off at: champions first, then every version's folder,
 * metadata and links, then the registry documents. What is not of our making is left alone and told. Only for the process that
 * serves the home: it empties tmp/.
 */
export async function reconcileFolders(reads: ReconcileReads, folders: FoldersMirror): Promise<Findings> {
  const champions = await reconcileChampions(reads, folders);
  const rest = await reconcileRest(reads, folders);
  return { repaired: [...champions.repaired, ...rest.repaired].sort(), problems: [...champions.problems, ...rest.problems].sort() };
}

/** What operations read: the champions. Before anything else changes the folders, because it empties tmp/. */
export function reconcileChampions(reads: ReconcileReads, folders: FoldersMirror): Promise<Findings> {
  return collecting(async (findings) => {
    for (const folder of [folders.layout.tmp, folders.layout.blobsTmp]) await empty(folder, findings);
    await folders.mend(findings, () => reads.champions(null));
  });
}

/** All else, in time that grows with the number of versions; the registry may be in use meanwhile. */
export function reconcileRest(reads: ReconcileReads, folders: FoldersMirror): Promise<Findings> {
  return collecting(async (findings) => {
    for (let after: string | null = null, done = false; !done; ) {
      await folders.mend(findings, async () => {
        const page: Version[] = await reads.versionSweep(null, after, PAGE);
        after = page.at(-1)?.id ?? after;
        done = page.length < PAGE;
        // Champions have been mended before; twice would only cost time.
        return page.filter((v) => v.status !== 'CHAMPION');
      });
    }
    for await (const models of modelPages(reads)) for (const model of models) await mendModel(folders, model, findings);
    for (const folder of ROLE_FOLDERS) await inspectRole(reads, folders, folder, findings);
    await inspectVersions(reads, folders, findings);
  });
}

async function collecting(work: (findings: Findings) => Promise<void>): Promise<Findings> {
  const findings: Findings = { repaired: [], problems: [] };
  await withStorageErrors('making the folders agree with the database', () => work(findings));
  return findings;
}

/** Only a folder of our own: what a link leads to is somebody else's, so the link goes and nothing behind it. */
async function empty(folder: string, findings: Findings): Promise<void> {
  if ((await removeLink(folder)) === 'removed') findings.repaired.push(`${basename(folder)}: it was a link, and is a folder again`);
  for (const name of await unlessMissing(readdir(folder), [])) await rm(join(folder, name), { recursive: true, force: true });
}

async function mendModel(folders: FoldersMirror, model: Model, findings: Findings): Promise<void> {
  if (model.champion === null) await folders.mendChampion(findings, model.name);
  await folders.writeDocument(model.name);
}

/** Entries that no row accounts for: a link of ours whose version has another role by now goes, anything else is told. */
async function inspectRole(
  reads: ReconcileReads,
  { layout }: FoldersMirror,
  folder: (typeof ROLE_FOLDERS)[number],
  findings: Findings,
): Promise<void> {
  const entries = await unlessMissing(readdir(layout.role(folder)), []);
  for (const names of chunks(entries)) {
    const known = await accounted(reads, folder, names);
    for (const name of names.filter((n) => !known.has(n))) {
      const place = join(layout.role(folder), name);
      const target = await readlink(place).catch((error: unknown) => {
        if (['EINVAL', 'ENOENT'].includes(errnoOf(error))) return null;
        throw error;
      });
      const version = target === null ? null : await linkedVersion(reads, target);
      if (version === null) findings.problems.push(`${folder}/${name}: nothing that the database knows; left alone`);
      else if ((await removeLink(place)) === 'removed') findings.repaired.push(`${folder}/${name}: removed, it led to ${version.id}`);
    }
  }
}

async function accounted(reads: ReconcileReads, folder: string, names: readonly string[]): Promise<Set<string>> {
  if (folder !== 'champion') return new Set((await reads.versions(names.filter((n) => parseVersionId(n) !== null))).map((v) => v.id));
  const models = await Promise.all(names.map((name) => reads.model(name)));
  return new Set(models.flatMap((model) => (model === null ? [] : [model.name])));
}

async function linkedVersion(reads: ReconcileReads, target: string): Promise<Version | null> {
  const id = target.replace(/^\.\.\/versions\//, '');
  return parseVersionId(id) === null || linkTarget(id) !== target ? null : reads.version(id);
}

async function inspectVersions(reads: ReconcileReads, { layout }: FoldersMirror, findings: Findings): Promise<void> {
  for (const names of chunks(await unlessMissing(readdir(layout.versions), []))) {
    const known = new Set((await reads.versions(names.filter((n) => parseVersionId(n) !== null))).map((v) => v.id));
    for (const name of names) {
      if (!known.has(name)) findings.problems.push(`versions/${name}: nothing that the database knows; left alone`);
    }
  }
}

function chunks(names: readonly string[]): string[][] {
  const sorted = names.toSorted();
  return Array.from({ length: Math.ceil(sorted.length / PAGE) }, (_, i) => sorted.slice(i * PAGE, (i + 1) * PAGE));
}
