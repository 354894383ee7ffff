import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import { fromMetadata } from '../domain/metadata.js';
import type { ModelFile, Version } from '../domain/records.js';
import { statementFault } from '../domain/statement.js';
import type { BlobStore, Reads } from '../ports.js';
import { homeLayout } from './homeLayout.js';
import { versionPages } from './registryState.js';
import { hashFile } from './regularFile.js';
import { requireOwnFolder } from './requireOwnFolder.js';
import { unlessMissing } from './storageError.js';
import { isBlob, readText } from './versionFolder.js';

export interface FileProblem {
  /** Id of the version; null where it is about a blob that no version names. */
  readonly version: string | null;
  readonly file: string | null;
  readonly sha256: string | null;
  readonly kind: 'MISSING' | 'DAMAGED' | 'LINK_WRONG' | 'METADATA_WRONG' | 'SIGNATURE_WRONG';
  readonly detail: string;
}

export interface FileReport {
  /** Blobs that were hashed, and their bytes. */
  readonly checked: number;
  readonly bytes: number;
  readonly problems: readonly FileProblem[];
  /** Whole blobs that no version names: uploads not yet registered, benchmarks. Nothing is wrong with them. */
  readonly orphans: readonly string[];
}

export interface VerifyProgress {
  readonly checked: number;
  readonly bytes: number;
}

type Health = { readonly kind: 'MISSING' | 'DAMAGED'; readonly detail: string } | null;

/**
 * Re-hashes every blob, those on disk and those that a version names, and compares each version's folder with them: each file must be
 * its blob, metadata.json must name the same files, status and signatures, and what was signed must be these files. Changes nothing; each blob is read once, in flat memory.
 */
export async function verifyFiles(
  reads: Pick<Reads, 'versionSweep'>,
  blobs: BlobStore,
  home: string,
  onProgress: (progress: VerifyProgress) => void = () => {},
): Promise<FileReport> {
  const check = new Check(blobs, home, onProgress);
  for await (const page of versionPages(reads, null)) for (const version of page) await check.version(version);
  await check.unnamed();
  return check.report();
}

class Check {
  private readonly layout;
  private readonly health = new Map<string, Health>();
  private readonly problems: FileProblem[] = [];
  private readonly orphans: string[] = [];
  private checked = 0;
  private bytes = 0;

  constructor(
    private readonly blobs: BlobStore,
    home: string,
    private readonly onProgress: (progress: VerifyProgress) => void,
  ) {
    this.layout = homeLayout(home);
  }

  async version(version: Version): Promise<void> {
    for (const file of version.files) {
      const health = await this.blob(file.sha256);
      if (health === null) await this.link(version, file);
      else this.problems.push({ version: version.id, file: file.name, sha256: file.sha256, ...health });
    }
    for (const { payload } of version.signatures) {
      const fault = statementFault(payload, version);
      if (fault !== null) this.problems.push({ version: version.id, file: null, sha256: null, kind: 'SIGNATURE_WRONG', detail: fault });
    }
    const detail = await this.metadataFault(version);
    if (detail !== null) {
      this.problems.push({ version: version.id, file: 'metadata.json', sha256: null, kind: 'METADATA_WRONG', detail });
    }
  }

  /** Blobs that no version has led to. */
  async unnamed(): Promise<void> {
    for (const folder of await unlessMissing(readdir(this.layout.blobs), [])) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of await unlessMissing(readdir(join(this.layout.blobs, folder)), [])) await this.unnamedBlob(folder, name);
    }
  }

  report(): FileReport {
    return { checked: this.checked, bytes: this.bytes, problems: this.problems, orphans: this.orphans };
  }

  private async unnamedBlob(folder: string, name: string): Promise<void> {
    if (this.health.has(name)) return;
    if (!/^[0-9a-f]{64}$/.test(name) || !name.startsWith(folder)) {
      this.problems.push({
        version: null,
        file: `blobs/${folder}/${name}`,
        sha256: null,
        kind: 'DAMAGED',
        detail: 'no digest is its name',
      });
      return;
    }
    const health = await this.blob(name);
    if (health === null) this.orphans.push(name);
    else this.problems.push({ version: null, file: `blobs/${folder}/${name}`, sha256: name, ...health });
  }

  private async blob(sha256: string): Promise<Health> {
    const known = this.health.get(sha256);
    if (known !== undefined) return known;
    const health = await this.hash(sha256);
    this.health.set(sha256, health);
    return health;
  }

  private async hash(sha256: string): Promise<Health> {
    try {
      const size = (await this.blobs.size(sha256)) ?? 0;
      const found = await this.blobs.verify(sha256);
      if (found === 'missing') return { kind: 'MISSING', detail: `blob ${sha256} is missing` };
      this.checked += 1;
      this.bytes += size;
      this.onProgress({ checked: this.checked, bytes: this.bytes });
      return found === 'ok' ? null : { kind: 'DAMAGED', detail: `the bytes of blob ${sha256} have SHA-256 ${found.actual}` };
    } catch (error) {
      if (error instanceof JuaraError && error.code === 'ARTIFACT_DAMAGED') return { kind: 'DAMAGED', detail: error.message };
      throw error;
    }
  }

  private async link(version: Version, file: ModelFile): Promise<void> {
    const place = join(this.layout.version(version.id), file.name);
    if (await isBlob(place, this.blobs.localPath(file.sha256))) return;
    const found = await hashFile(place).catch((error: unknown) => (error instanceof JuaraError ? error : Promise.reject(error)));
    if (!(found instanceof JuaraError) && found.sha256 === file.sha256) return;
    const detail = found instanceof JuaraError ? found.message : `its bytes have SHA-256 ${found.sha256}, not ${file.sha256}`;
    this.problems.push({ version: version.id, file: file.name, sha256: file.sha256, kind: 'LINK_WRONG', detail });
  }

  /** What metadata.json says otherwise than the database, in the parts that a rebuild rests on; null where it agrees. */
  private async metadataFault(version: Version): Promise<string | null> {
    try {
      await requireOwnFolder(this.layout.version(version.id));
      const text = await readText(this.layout.metadata(version.id));
      if (text === null) return 'it is missing';
      const said = fromMetadata(JSON.parse(text), version.createdAt).version;
      const digests = (files: readonly ModelFile[]): string => files.map((f) => `${f.name} ${f.sha256}`).join(', ');
      if (said.id !== version.id) return `it describes ${said.id}`;
      if (said.status !== version.status) return `it says ${said.status}, the database ${version.status}`;
      if (digests(said.files) !== digests(version.files)) return 'it names other files than the database';
      const signed = (signatures: Version['signatures']): string => signatures.map((s) => `${s.payload} ${s.sig}`).join(', ');
      return signed(said.signatures) === signed(version.signatures) ? null : 'it holds other signatures than the database';
    } catch (error) {
      return error instanceof Error ? error.message : 'it is unreadable';
    }
  }
}
