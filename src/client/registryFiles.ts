import { dirname } from 'node:path';
import { filesAt, locate } from './registryPaths.js';

export type JsonObject = { [key: string]: unknown };

/** A file of a version of the document, as it lies on this machine. */
export interface LocalFile {
  readonly name: string;
  readonly path: string;
}

/**
 * The entries of a registry v2.0 document that name a version, each version once: champion, challenger, the archive, and what
 * `all_versions` lists besides. They are the document's own objects, so that what is added to them is sent with it.
 */
export function versionEntries(document: JsonObject): JsonObject[] {
  const listed = [document.champion, document.challenger, ...asArray(document.archive)].filter(isObject);
  const known = new Set(listed.map((entry) => entry.version));
  const others = asArray(document.all_versions).filter(isObject);
  return [...listed, ...others.filter((entry) => typeof entry.version === 'string' && !known.has(entry.version))];
}

/**
 * The files that belong to an entry and exist: those that `path` and `config_path` name, and those beside its metadata.json.
 * Where two have one name, `path` goes before `config_path` before the rest.
 */
export async function filesOfEntry(entry: JsonObject, bases: readonly string[]): Promise<LocalFile[]> {
  const metadata = await locate(bases, entry.metadata_path);
  const places = [await locate(bases, entry.path), await locate(bases, entry.config_path), metadata === null ? null : dirname(metadata)];
  const byName = new Map<string, LocalFile>();
  for (const place of places) {
    for (const file of await filesAt(place)) if (!byName.has(file.name)) byName.set(file.name, file);
  }
  return [...byName.values()];
}

export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
