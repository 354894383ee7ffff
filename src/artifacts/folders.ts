import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import { type ModelFacts, toMetadata } from '../domain/metadata.js';
import type { Model, Version } from '../domain/records.js';
import { type RegistryState, toRegistryDocument } from '../domain/registryDocument.js';
import type { BlobStore, Folders, StagedFolders } from '../ports.js';
import { ApplyOrder } from './applyOrder.js';
import { type HomeLayout, homeLayout, ROLE_FOLDERS } from './homeLayout.js';
import { dropChampion, type Findings, mendVersion } from './mendVersion.js';
import { type MirrorReads, registryState } from './registryState.js';
import { RegistryWriter } from './registryWriter.js';
import { requireOwnFolder } from './requireOwnFolder.js';
import { changeSteps, discardStaged, type Step, stageChange } from './stageChange.js';
import { withStorageErrors } from './storageError.js';
import { readText } from './versionFolder.js';

export interface FoldersOptions {
  readonly home: string;
  readonly blobs: Pick<BlobStore, 'localPath'>;
  /** Committed state. */
  readonly reads: MirrorReads;
  /** Learns of what went wrong after a commit, when the change can't be refused any more. */
  readonly onError?: (error: unknown) => void;
  /** Called before and after each rename of a change (see Step); test builds stop there. */
  readonly failpoint?: (name: string) => void | Promise<void>;
  readonly now?: () => number;
}

/** The folders with what start-up and shutdown need of them. */
export interface FoldersMirror extends Folders {
  readonly layout: HomeLayout;
  /** Makes folders and role links what the rows say that `load` reads; no other change of the folders comes in between. */
  mend(findings: Findings, load: () => Promise<readonly Version[]>): Promise<void>;
  /** Takes the champion link of a model away that has no champion. */
  mendChampion(findings: Findings, model: string): Promise<void>;
  /** Writes the model's registry document now, however many versions it has. */
  writeDocument(model: string): Promise<void>;
  /** Writes the registry documents that wait, and waits for those that are being written. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Versions that are mended before the next change of the folders may run. */
const MEND_AT_ONCE = 100;
const MEND_SIDE_BY_SIDE = 16;

export const metadataText = (version: Version, model: ModelFacts | null): string =>
  `${JSON.stringify(toMetadata(version, model), null, 2)}\n`;

/**
 * The mirror of the database on disk. Nothing here is fsynced: after a power loss, start-up makes the disk agree with the database
 * again (reconcileFolders). After a commit nothing throws: an error goes to onError, and the next write of the model's registry
 * document, or the next start, mends what it left behind.
 */
export function createFolders(options: FoldersOptions): FoldersMirror {
  return new Mirror(options);
}

class Mirror implements FoldersMirror {
  readonly layout: HomeLayout;
  private readonly order = new ApplyOrder();
  private readonly facts = new Map<string, { model: ModelFacts; text: string }>();
  /** Versions whose folder may not be what the database says, by model. */
  private readonly dirty = new Map<string, Set<string>>();
  private readonly writer: RegistryWriter;
  private last: Promise<unknown> = Promise.resolve();
  private prepared: Promise<void> | null = null;

  constructor(private readonly options: FoldersOptions) {
    this.layout = homeLayout(options.home);
    this.writer = new RegistryWriter({
      layout: this.layout,
      reads: options.reads,
      now: () => this.now(),
      onError: (error) => this.report(error),
      onState: (state) => this.follow(state),
    });
  }

  async stage(versions: readonly Version[]): Promise<StagedFolders> {
    await requireOwnFolder(this.layout.tmp);
    const ticket = this.order.take();
    const directory = join(this.layout.tmp, randomUUID());
    const settle = async (): Promise<void> => {
      this.order.settle(ticket);
      await discardStaged(directory);
    };
    try {
      const staged = await withStorageErrors('preparing the version folders', async () => {
        await this.prepare();
        const metadataOf = (v: Version): string => metadataText(v, this.facts.get(v.model)?.model ?? null);
        return stageChange({ layout: this.layout, blobs: this.options.blobs, directory, metadataOf }, versions);
      });
      // The model's row may be part of this very transaction; its facts follow when it is committed.
      for (const v of versions) if (!this.facts.has(v.model)) this.markDirty(v);
      const steps = changeSteps(this.layout, staged);
      return {
        apply: () => this.exclusive(() => this.runSteps(steps, ticket, versions)).finally(() => settle().catch((e) => this.report(e))),
        discard: () => settle().catch((error) => this.report(error)),
      };
    } catch (error) {
      await settle().catch((e) => this.report(e));
      throw error;
    }
  }

  registryChanged(model: string): Promise<void> {
    return this.writer.changed(model);
  }

  async registryDocument(model: string): Promise<JsonObject | null> {
    const state = await registryState(this.options.reads, model, this.now());
    return state === null ? null : toRegistryDocument(state);
  }

  async readMetadata(id: string): Promise<JsonObject | null> {
    try {
      await requireOwnFolder(this.layout.version(id));
      const text = await readText(this.layout.metadata(id));
      const value: unknown = text === null ? null : JSON.parse(text);
      return typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject | null) : null;
    } catch (error) {
      if (error instanceof SyntaxError || (error instanceof JuaraError && error.code === 'ARTIFACT_DAMAGED')) return null;
      throw error;
    }
  }

  mend(findings: Findings, load: () => Promise<readonly Version[]>): Promise<void> {
    return this.exclusive(async () => {
      await prepareHome(this.layout);
      const versions = await load();
      const facts = new Map<string, ModelFacts | null>();
      for (const { model } of versions) if (!facts.has(model)) facts.set(model, await this.readFacts(model));
      const mender = { layout: this.layout, blobs: this.options.blobs, findings };
      for (let at = 0; at < versions.length; at += MEND_SIDE_BY_SIDE) {
        const some = versions.slice(at, at + MEND_SIDE_BY_SIDE);
        await Promise.all(some.map((v) => mendVersion(mender, v, metadataText(v, facts.get(v.model) ?? null))));
      }
    });
  }

  mendChampion(findings: Findings, name: string): Promise<void> {
    return this.exclusive(async () => {
      const model = await this.options.reads.model(name);
      if (model?.champion === null) await dropChampion({ layout: this.layout, blobs: this.options.blobs, findings }, name);
    });
  }

  writeDocument(model: string): Promise<void> {
    return this.writer.write(model);
  }

  flush(): Promise<void> {
    return this.writer.flush();
  }

  close(): Promise<void> {
    return this.writer.close();
  }

  /** One change of the folders at a time, in the order of asking. */
  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => {});
    return mine;
  }

  private async runSteps(steps: readonly Step[], ticket: number, versions: readonly Version[]): Promise<void> {
    const claimed = new Map<string, boolean>();
    try {
      for (const { verb, part, run } of steps) {
        if (!claimed.has(part)) claimed.set(part, this.order.claim(part, ticket));
        if (claimed.get(part) !== true) continue;
        await this.options.failpoint?.(`folders-before-${verb}`);
        await run();
        await this.options.failpoint?.(`folders-after-${verb}`);
      }
    } catch (error) {
      for (const version of versions) this.markDirty(version);
      this.report(error);
    }
  }

  /** The rows that a registry document is about to be written from: what the folders lack of them is mended first. */
  private async follow({ model, versions }: RegistryState): Promise<void> {
    const before = this.facts.get(model.name)?.text;
    this.remember(model);
    const factsChanged = before !== undefined && before !== this.facts.get(model.name)?.text;
    const dirty = this.dirty.get(model.name);
    if (!factsChanged && dirty === undefined) return;
    this.dirty.delete(model.name);
    const ids = versions.filter((v) => factsChanged || dirty?.has(v.id) === true).map((v) => v.id);
    const findings: Findings = { repaired: [], problems: [] };
    try {
      for (let at = 0; at < ids.length; at += MEND_AT_ONCE) {
        await this.mend(findings, () => this.options.reads.versions(ids.slice(at, at + MEND_AT_ONCE)));
      }
    } catch (error) {
      for (const id of ids) this.markDirty({ id, model: model.name });
      throw error;
    }
    for (const problem of findings.problems) this.report(new Error(problem));
  }

  private async readFacts(name: string): Promise<ModelFacts | null> {
    const model = await this.options.reads.model(name);
    return model === null ? null : this.remember(model);
  }

  private remember(model: Model): ModelFacts {
    const { name, description, createdAt, tasks, history } = model;
    const facts: ModelFacts = { name, description, createdAt, tasks, history };
    this.facts.set(name, { model: facts, text: JSON.stringify(facts) });
    return facts;
  }

  private markDirty({ id, model }: Pick<Version, 'id' | 'model'>): void {
    this.dirty.set(model, (this.dirty.get(model) ?? new Set()).add(id));
  }

  private prepare(): Promise<void> {
    this.prepared ??= prepareHome(this.layout).catch((error: unknown) => {
      this.prepared = null;
      throw error;
    });
    return this.prepared;
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }

  private report(error: unknown): void {
    this.options.onError?.(error);
  }
}

async function prepareHome(layout: HomeLayout): Promise<void> {
  for (const folder of [layout.tmp, layout.versions, ...ROLE_FOLDERS.map((f) => layout.role(f))]) await mkdir(folder, { recursive: true });
}
