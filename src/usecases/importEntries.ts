import { JuaraError } from '../domain/errors.js';
import type { VersionStatus } from '../domain/lifecycle.js';
import { mediaTypeOf } from '../domain/mediaType.js';
import { reportedMetrics } from '../domain/metric.js';
import { checkFileName } from '../domain/names.js';
import type { ModelFile, Version } from '../domain/records.js';
import type { RegistryDocument, RegistryEntry } from '../domain/registryDocument.js';
import { checkVersion, versionId } from '../domain/semver.js';
import type { Deps } from '../ports.js';
import { inspectFiles } from './inspectFiles.js';

/** The versions that a document tells of, their files looked up in the store; what is missing becomes a warning, not an error. */
export async function importEntries(deps: Deps, doc: RegistryDocument, warnings: string[]): Promise<Version[]> {
  const entries: [VersionStatus, RegistryEntry][] = [
    ...doc.archive.map((e): [VersionStatus, RegistryEntry] => [e.outcome === 'rejected' ? 'REJECTED' : 'ARCHIVED', e]),
    ...[...doc.challengers].reverse().map((e): [VersionStatus, RegistryEntry] => ['CHALLENGER', e]),
    ...(doc.champion === null ? [] : [['CHAMPION', doc.champion] satisfies [VersionStatus, RegistryEntry]]),
  ];
  const versions: Version[] = [];
  for (const [status, entry] of entries) versions.push(await importEntry(deps, doc.modelName, status, entry, warnings));
  return versions;
}

async function importEntry(deps: Deps, model: string, status: VersionStatus, entry: RegistryEntry, warnings: string[]): Promise<Version> {
  const id = versionId(model, checkVersion(entry.version));
  const files = await presentFiles(deps, id, entry, warnings);
  return {
    id,
    model,
    version: entry.version,
    status,
    architecture: entry.architecture,
    // The earliest instant that the document proves it to have existed at; a document that names none proves only this moment.
    createdAt: entry.createdAt ?? entry.deployedAt ?? entry.archivedAt ?? deps.now(),
    deployedAt: entry.deployedAt,
    archivedAt: status === 'CHAMPION' || status === 'CHALLENGER' ? null : entry.archivedAt,
    reason: entry.reason,
    notes: entry.notes,
    previousVersion: entry.previousVersion,
    metrics: reportedMetrics(entry.metrics),
    trainingConfig: entry.trainingConfig,
    trainingData: entry.trainingData,
    files,
    signature: await signatureOf(deps, id, files, warnings),
    outputs: entry.outputs,
    signatures: [],
    tags: entry.tags,
  };
}

async function presentFiles(deps: Deps, id: string, entry: RegistryEntry, warnings: string[]): Promise<ModelFile[]> {
  const files: ModelFile[] = [];
  for (const { name, sha256 } of entry.files) {
    const bytes = await deps.blobs.size(sha256);
    if (bytes === null) warnings.push(`${id}: ${name} (SHA-256 ${sha256}) was not uploaded; the version is kept without it`);
    else files.push({ name: checkFileName(name), sha256, bytes, mediaType: mediaTypeOf(name) });
  }
  if (entry.files.length === 0 && entry.path !== null) {
    warnings.push(`${id}: no file came along for ${JSON.stringify(entry.path)}; the version is kept without files`);
  }
  return files;
}

async function signatureOf(deps: Deps, id: string, files: readonly ModelFile[], warnings: string[]): Promise<Version['signature']> {
  try {
    return await inspectFiles(deps, files);
  } catch (error) {
    if (!(error instanceof JuaraError)) throw error;
    warnings.push(`${id}: ${error.message}; the file is kept as it is`);
    return null;
  }
}
