import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createDiskBlobStore } from '../../src/artifacts/diskBlobStore.js';
import { createFolders, type FoldersMirror, type FoldersOptions } from '../../src/artifacts/folders.js';
import type { VersionStatus } from '../../src/domain/lifecycle.js';
import { reportedMetrics } from '../../src/domain/metric.js';
import type { Model, ModelFile, Version } from '../../src/domain/records.js';
import { versionId } from '../../src/domain/semver.js';
import type { BlobStore, Store, Tx } from '../../src/ports.js';
import { openStore } from '../../src/storage/openStore.js';
import { temporaryFolder } from './temporaryFolder.js';

const AT = Date.UTC(2026, 1, 9, 13, 0, 19, 864);

export const aModel = (name: string, patch: Partial<Model> = {}): Model => ({
  name,
  description: null,
  createdAt: AT,
  revision: 0,
  tasks: [],
  champion: null,
  history: null,
  ...patch,
});

export const aVersion = (model: string, version: string, status: VersionStatus, patch: Partial<Version> = {}): Version => ({
  id: versionId(model, version),
  model,
  version,
  status,
  architecture: 'ConvNeXt',
  createdAt: AT,
  deployedAt: status === 'CHAMPION' || status === 'ARCHIVED' ? AT : null,
  archivedAt: status === 'ARCHIVED' || status === 'REJECTED' ? AT : null,
  reason: null,
  notes: null,
  previousVersion: null,
  metrics: reportedMetrics([{ name: 'magnitude_accuracy', value: 97.63 }]),
  trainingConfig: { epochs: 50 },
  trainingData: null,
  signatures: [],
  files: [],
  signature: null,
  outputs: [],
  tags: [],
  ...patch,
});

/** A registry without its server: real SQLite, real files. */
export interface MirrorHome {
  readonly home: string;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly folders: FoldersMirror;
  readonly errors: unknown[];
  upload(name: string, text: string): Promise<ModelFile>;
  /** A change as the use cases make one: rows and staged folders in one transaction, renames after it. */
  change(versions: readonly Version[], write: (tx: Tx) => Promise<void>): Promise<void>;
  register(version: Version): Promise<void>;
  /** Makes `to` the champion and archives `from`. Without `mirror`, only the database learns of it. */
  crown(from: Version | null, to: Version, mirror?: boolean): Promise<readonly Version[]>;
  close(): Promise<void>;
}

export async function mirrorHome(options: Partial<Pick<FoldersOptions, 'failpoint'>> & { home?: string } = {}): Promise<MirrorHome> {
  const home = options.home ?? (await temporaryFolder());
  const errors: unknown[] = [];
  const { store, close } = await openStore({ url: `sqlite:${home}/juara.db` });
  const blobs = createDiskBlobStore(home);
  const folders = createFolders({ home, blobs, reads: store.reads, onError: (e) => errors.push(e), ...options });
  const change: MirrorHome['change'] = async (versions, write) => {
    const staged = await store.inTransaction(async (tx) => {
      await write(tx);
      return folders.stage(versions);
    });
    await staged.apply();
    for (const model of new Set(versions.map((v) => v.model))) await folders.registryChanged(model);
  };
  return {
    home,
    store,
    blobs,
    folders,
    errors,
    change,
    upload: async (name, text) => {
      const sha256 = createHash('sha256').update(text).digest('hex');
      const { bytes } = await blobs.put(sha256, Readable.from([Buffer.from(text)]));
      return { name, sha256, bytes, mediaType: 'application/octet-stream' };
    },
    register: (version) => change([version], (tx) => tx.insertVersion(version)),
    crown: async (from, to, mirror = true) => {
      const archived = from === null ? [] : [{ ...from, status: 'ARCHIVED' as const, archivedAt: AT + 1, reason: 'replaced' }];
      const versions: Version[] = [...archived, { ...to, status: 'CHAMPION', deployedAt: AT + 1, archivedAt: null }];
      const write = async (tx: Tx): Promise<void> => {
        for (const { id, status, deployedAt, archivedAt, reason } of versions) {
          await tx.updateVersion(id, { status, deployedAt, archivedAt, reason });
        }
        const model = await tx.model(to.model);
        await tx.updateModel(to.model, { champion: to.version, revision: (model?.revision ?? 0) + 1 });
      };
      if (mirror) await change(versions, write);
      else await store.inTransaction(write);
      return versions;
    },
    close: async () => {
      await folders.close();
      await close();
    },
  };
}
