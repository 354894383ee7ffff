import { join, resolve } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import type { VersionStatus } from '../domain/lifecycle.js';
import { checkModelName, METADATA_FILE } from '../domain/names.js';
import type { Version } from '../domain/records.js';
import { checkVersion, parseVersionId } from '../domain/semver.js';

export const ROLE_FOLDERS = ['champion', 'challenger', 'archive'] as const;
export type RoleFolder = (typeof ROLE_FOLDERS)[number];

const DIGEST = /^[0-9a-f]{64}$/;
const FOLDER_OF: Record<VersionStatus, RoleFolder> = {
  CHAMPION: 'champion',
  CHALLENGER: 'challenger',
  ARCHIVED: 'archive',
  REJECTED: 'archive',
};

export const roleFolderOf = (status: VersionStatus): RoleFolder => FOLDER_OF[status];

export function checkDigest(sha256: string): string {
  if (DIGEST.test(sha256)) return sha256;
  throw new JuaraError('INVALID_INPUT', `${JSON.stringify(sha256.slice(0, 80))} is no SHA-256: write 64 lower-case hexadecimal digits`);
}

/** Ids become folder names: nothing but a checked model name and a checked version may stand in one. */
export function checkVersionId(id: string): string {
  const parts = parseVersionId(id);
  if (parts === null) throw new JuaraError('INVALID_INPUT', `${JSON.stringify(id.slice(0, 80))} is not <model>_v<version>`);
  checkModelName(parts.model);
  checkVersion(parts.version);
  return id;
}

/** What a role link says, relative to its role folder. */
export const linkTarget = (id: string): string => `../versions/${checkVersionId(id)}`;

/** Every path inside of a home; built from checked names only. */
export interface HomeLayout {
  readonly home: string;
  readonly blobs: string;
  readonly blobsTmp: string;
  readonly versions: string;
  readonly tmp: string;
  blob(sha256: string): string;
  version(id: string): string;
  metadata(id: string): string;
  role(folder: RoleFolder): string;
  /** Where the version's link belongs by its status. */
  roleLink(version: Pick<Version, 'id' | 'model' | 'status'>): string;
  championLink(model: string): string;
  /** model_registry.json of the oldest model, model_registry.<model>.json of every other. */
  document(model: string | null): string;
}

export function homeLayout(directory: string): HomeLayout {
  const home = resolve(directory);
  const versions = join(home, 'versions');
  const championLink = (model: string): string => join(home, 'champion', checkModelName(model));
  const version = (id: string): string => join(versions, checkVersionId(id));
  return {
    home,
    blobs: join(home, 'blobs'),
    blobsTmp: join(home, 'blobs', 'tmp'),
    versions,
    tmp: join(home, 'tmp'),
    blob: (sha256) => join(home, 'blobs', checkDigest(sha256).slice(0, 2), sha256),
    version,
    metadata: (id) => join(version(id), METADATA_FILE),
    role: (folder) => join(home, folder),
    roleLink: (v) => (v.status === 'CHAMPION' ? championLink(v.model) : join(home, FOLDER_OF[v.status], checkVersionId(v.id))),
    championLink,
    document: (model) => join(home, model === null ? 'model_registry.json' : `model_registry.${checkModelName(model)}.json`),
  };
}
