import { randomUUID } from 'node:crypto';
import { link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { JuaraError } from '../domain/errors.js';
import type { Model } from '../domain/records.js';
import { toRegistryDocument } from '../domain/registryDocument.js';
import type { RegistryState } from '../domain/toRegistryDocument.js';
import { Coalesced } from './coalesced.js';
import type { HomeLayout } from './homeLayout.js';
import { type MirrorReads, registryState } from './registryState.js';
import { errnoOf, withStorageErrors } from './storageError.js';
import { readText, replaceText } from './versionFolder.js';

/** A document is rewritten whole. Above this many versions nobody waits for it, and it is written at most once in INTERVAL_MS. */
const WAIT_UP_TO_VERSIONS = 200;
const INTERVAL_MS = 2_000;

export interface RegistryWriterOptions {
  readonly layout: HomeLayout;
  readonly reads: MirrorReads;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** Called with the state of each write, before it. */
  readonly onState: (state: RegistryState) => Promise<void>;
}

interface Slot {
  readonly writes: Coalesced;
  versions: number;
  timer: NodeJS.Timeout | null;
}

/** Writes model_registry.json of the oldest model and model_registry.<model>.json of the others. Errors go to onError; none is thrown. */
export class RegistryWriter {
  private readonly slots = new Map<string, Slot>();
  private readonly seen = new Set<string>();
  private oldest: Pick<Model, 'name' | 'createdAt'> | null = null;
  /** The model whose document of that name is known to be gone. */
  private unnamed: string | null = null;
  private closed = false;

  constructor(private readonly options: RegistryWriterOptions) {}

  /** Resolves when a write that began after this call has ended; at once for a model of many versions. */
  async changed(model: string): Promise<void> {
    const slot = this.slot(model);
    if (slot.versions <= WAIT_UP_TO_VERSIONS || this.closed) return slot.writes.run();
    slot.timer ??= setTimeout(() => {
      slot.timer = null;
      void slot.writes.run();
    }, INTERVAL_MS).unref();
  }

  /** Like changed, but waits whatever the number of versions. */
  write(model: string): Promise<void> {
    return this.slot(model).writes.run();
  }

  /** Writes what waits, and waits for what is being written. */
  async flush(): Promise<void> {
    const due = [...this.slots.values()].map((slot) => {
      if (slot.timer === null) return slot.writes.idle();
      clearTimeout(slot.timer);
      slot.timer = null;
      return slot.writes.run();
    });
    await Promise.all(due);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
  }

  private slot(model: string): Slot {
    const known = this.slots.get(model);
    if (known !== undefined) return known;
    const slot: Slot = { writes: new Coalesced(() => this.rewrite(model)), versions: 0, timer: null };
    this.slots.set(model, slot);
    return slot;
  }

  private async rewrite(name: string): Promise<void> {
    try {
      const state = await registryState(this.options.reads, name, this.options.now());
      if (state === null) return;
      this.slot(name).versions = state.versions.length;
      await this.options.onState(state);
      const formerly = await this.ranked(state.model);
      await withStorageErrors(`writing the registry document of ${name}`, () => this.store(state));
      if (formerly !== null) await this.slot(formerly).writes.run();
    } catch (error) {
      this.options.onError(error);
    }
  }

  /** Keeps track of the oldest model (by creation, then name); returns the one that was until now, where that changes. */
  private async ranked(model: Model): Promise<string | null> {
    this.oldest ??= await oldestModel(this.options.reads);
    const former = this.oldest ?? model;
    if (!isOlder(model, former)) return null;
    this.oldest = model;
    return former.name;
  }

  private async store(state: RegistryState): Promise<void> {
    const { layout } = this.options;
    const { name } = state.model;
    const first = this.oldest === null || this.oldest.name === name;
    const place = layout.document(first ? null : name);
    await this.keepForeign(place);
    const text = `${JSON.stringify(toRegistryDocument(state), null, 2)}\n`;
    const write = (): Promise<void> => replaceText(place, text, join(layout.tmp, randomUUID()));
    await write().catch(async (error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw error;
      await mkdir(layout.tmp, { recursive: true });
      await write();
    });
    if (first) await this.dropNamed(name);
  }

  /** The oldest model's document bears no name; one that does is from before it was the oldest. */
  private async dropNamed(name: string): Promise<void> {
    if (this.unnamed === name) return;
    await rm(this.options.layout.document(name), { force: true });
    this.unnamed = name;
  }

  /** A document that another program wrote is kept beside ours: it may be the only record of what has not been imported yet. */
  private async keepForeign(place: string): Promise<void> {
    if (this.seen.has(place)) return;
    const text = await readText(place).catch((error: unknown) => {
      // A link or a pipe is another program's too; link(2) keeps it as it is, without following it.
      if (error instanceof JuaraError && error.code === 'ARTIFACT_DAMAGED') return '';
      throw error;
    });
    if (text !== null && !isOurs(text)) {
      await link(place, `${place}.original`).catch((error: unknown) => {
        if (errnoOf(error) !== 'EEXIST') throw error;
      });
    }
    this.seen.add(place);
  }
}

function isOurs(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'juara' in value;
  } catch {
    return false;
  }
}

type Aged = Pick<Model, 'name' | 'createdAt'>;
const isOlder = (a: Aged, b: Aged): boolean => a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.name < b.name);

async function oldestModel(reads: MirrorReads): Promise<Model | null> {
  let oldest: Model | null = null;
  for await (const page of modelPages(reads)) {
    for (const model of page) if (oldest === null || isOlder(model, oldest)) oldest = model;
  }
  return oldest;
}

/** Every model by name, in pages. */
export async function* modelPages(reads: Pick<MirrorReads, 'modelPage'>): AsyncGenerator<readonly Model[], void> {
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<MirrorReads['modelPage']>> = await reads.modelPage({ search: null, models: null, first: 200, after });
    yield page.nodes;
    after = page.cursors.at(-1) ?? null;
    if (!page.hasNextPage || after === null) return;
  }
}
