import type { DamagedBlob, Deps } from '../ports.js';

export interface DamagedArtifact extends DamagedBlob {
  /** Ids of versions that hold it, the first hundred; empty where it is a benchmark's or evidence. */
  readonly versions: readonly string[];
}

const MOST_VERSIONS = 100;

/** What was found damaged or missing and not found sound since, by whoever ran into it and by the rounds of the server itself. */
export function damagedArtifacts({ store, blobs }: Deps): Promise<DamagedArtifact[]> {
  return Promise.all(
    blobs.damaged().map(async (blob) => ({ ...blob, versions: await store.reads.versionsWithFile(blob.sha256, MOST_VERSIONS) })),
  );
}
