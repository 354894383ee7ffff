import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Connection } from './connection.js';
import { unreadable } from './fileSource.js';
import { JuaraClientError } from './JuaraClientError.js';
import { operation } from './operation.js';
import { filesOfEntry, isObject, type JsonObject, versionEntries } from './registryFiles.js';
import { basesOf } from './registryPaths.js';
import type { OnProgress, UploadCalls } from './uploadCalls.js';

export interface ImportReport {
  readonly modelsCreated: number;
  readonly versionsCreated: number;
  readonly trainingEventsCreated: number;
  readonly unchanged: number;
  readonly warnings: readonly string[];
}

export interface ImportOptions {
  /** Where relative paths start; else the document's folder and the two above it are tried. */
  readonly base?: string;
  readonly onProgress?: OnProgress;
}

const IMPORT = operation<{ importRegistry: ImportReport }, { document: unknown }>(
  `mutation Import($document: JSON!) {
    importRegistry(document: $document) { modelsCreated versionsCreated trainingEventsCreated unchanged warnings }
  }`,
);
const EXPORT = operation<{ exportRegistry: unknown }, { model: string }>('query Export($model: String!) { exportRegistry(model: $model) }');

export interface ImportCalls {
  /**
   * Reads a registry v2.0 document, uploads the files of its versions that exist on this machine, names them in the document
   * (`files`: name, sha256, bytes, in each version's entry), and sends it. Importing twice changes nothing.
   */
  importRegistry(path: string, options?: ImportOptions): Promise<ImportReport>;
  /** The model as a registry v2.0 document. */
  exportRegistry(model: string): Promise<unknown>;
}

export function importCalls({ query }: Connection, { upload }: UploadCalls): ImportCalls {
  return {
    importRegistry: async (path, options = {}) => {
      const document = await readDocument(path);
      await attachFiles(document, path, options, upload);
      return (await query(IMPORT, { document })).importRegistry;
    },
    exportRegistry: async (model) => (await query(EXPORT, { model })).exportRegistry,
  };
}

async function readDocument(path: string): Promise<JsonObject> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const document = parse(path, text);
  if (!isObject(document)) throw new JuaraClientError('INVALID_DOCUMENT', `${path} is not a registry document: a JSON object is expected`);
  return document;
}

/** Editors on Windows put a byte order mark first, which JSON.parse refuses. */
function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new JuaraClientError('INVALID_DOCUMENT', `${path} is not JSON: ${(error as Error).message}`, {}, { cause: error });
  }
}

/** Uploads what exists, and writes `files` into every entry that has some. */
export async function attachFiles(
  document: JsonObject,
  path: string,
  { base, onProgress }: ImportOptions,
  upload: UploadCalls['upload'],
): Promise<void> {
  const bases = base === undefined ? basesOf(path) : [resolve(base)];
  for (const entry of versionEntries(document)) {
    const files: { name: string; sha256: string; bytes: number }[] = [];
    for (const file of await filesOfEntry(entry, bases)) {
      const stored = await upload(file.path, { name: file.name, ...(onProgress === undefined ? {} : { onProgress }) });
      files.push({ name: file.name, ...stored });
    }
    if (files.length > 0) entry.files = files;
  }
}
