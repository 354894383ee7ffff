import type { RuleResult } from '../domain/decision.js';
import { type ErrorCode, JuaraError } from '../domain/errors.js';
import type { Version } from '../domain/records.js';
import type { BlobState, BlobStore } from '../ports.js';

export interface FileFault {
  readonly code: Extract<ErrorCode, 'ARTIFACT_MISSING' | 'ARTIFACT_DAMAGED'>;
  readonly detail: string;
}

/** `verify` reads every byte, `check` only those of files that have changed since they were last read. */
export type Thoroughness = 'verify' | 'check';

/** Null where every file of the version still has its recorded digest. */
export async function findFileFault(blobs: BlobStore, version: Version, how: Thoroughness = 'verify'): Promise<FileFault | null> {
  for (const { name, sha256 } of version.files) {
    const state = await stateOf(blobs, sha256, how);
    if (state instanceof JuaraError) return { code: 'ARTIFACT_DAMAGED', detail: `${name} of ${version.id}: ${state.message}` };
    if (state === 'missing') return { code: 'ARTIFACT_MISSING', detail: `${name} of ${version.id} is gone from the store` };
    if (state !== 'ok') {
      return { code: 'ARTIFACT_DAMAGED', detail: `${name} of ${version.id} has SHA-256 ${state.actual} instead of the recorded ${sha256}` };
    }
  }
  return null;
}

/** Something else in a file's place, or a disk that can't be read, is a damage like any other. */
async function stateOf(blobs: BlobStore, sha256: string, how: Thoroughness): Promise<BlobState | JuaraError> {
  try {
    return await blobs[how](sha256);
  } catch (error) {
    if (error instanceof JuaraError && error.code === 'ARTIFACT_DAMAGED') return error;
    throw error;
  }
}

/** The same as a rule of a decision. A version that never had files has none that could be damaged. */
export async function artifactRule(blobs: BlobStore, version: Version): Promise<RuleResult> {
  const fault = await findFileFault(blobs, version);
  const sound = version.files.length === 0 ? 'no files are on record' : `${version.files.length} files have their recorded digests`;
  return {
    rule: 'ARTIFACT_VALID',
    subject: null,
    passed: fault === null,
    measured: version.files.length,
    limit: null,
    detail: fault?.detail ?? sound,
  };
}

/** For steps that no policy weighs: a damaged file stops them. */
export async function requireSoundFiles(blobs: BlobStore, version: Version, how: Thoroughness = 'verify'): Promise<void> {
  const fault = await findFileFault(blobs, version, how);
  if (fault !== null) throw new JuaraError(fault.code, `${fault.detail}: restore the file from a backup, or choose another version`);
}
