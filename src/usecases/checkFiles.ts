import type { RuleResult } from '../domain/decision.js';
import { type ErrorCode, JuaraError } from '../domain/errors.js';
import type { Version } from '../domain/records.js';
import type { BlobStore } from '../ports.js';

export interface FileFault {
  readonly code: Extract<ErrorCode, 'ARTIFACT_MISSING' | 'ARTIFACT_DAMAGED'>;
  readonly detail: string;
}

/** Re-hashes every file of the version; null where each still has its recorded digest. */
export async function findFileFault(blobs: BlobStore, version: Version): Promise<FileFault | null> {
  for (const { name, sha256 } of version.files) {
    const state = await blobs.verify(sha256);
    if (state === 'missing') return { code: 'ARTIFACT_MISSING', detail: `${name} of ${version.id} is gone from the store` };
    if (state !== 'ok') {
      return { code: 'ARTIFACT_DAMAGED', detail: `${name} of ${version.id} has SHA-256 ${state.actual} instead of the recorded ${sha256}` };
    }
  }
  return null;
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
export async function requireSoundFiles(blobs: BlobStore, version: Version): Promise<void> {
  const fault = await findFileFault(blobs, version);
  if (fault !== null) throw new JuaraError(fault.code, `${fault.detail}: restore the file from a backup, or choose another version`);
}
