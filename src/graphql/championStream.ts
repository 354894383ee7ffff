import type { PromotionData, StoredEvent } from '../domain/event.js';
import type { Follower } from '../ports.js';
import { foundModel } from '../usecases/found.js';
import type { CallerContext } from './context.js';

/** Who is champion from now on; null: nobody yet. */
export interface ChampionNow {
  readonly model: string;
  readonly version: string | null;
}

/** The champion now, then each new one. MODEL_NOT_FOUND where there is no such model. */
export async function championStream(context: CallerContext, model: string): Promise<AsyncIterableIterator<ChampionNow>> {
  const { deps, feed, actor } = context;
  const { reads } = deps.store;
  await foundModel(reads, actor, model);
  // The log's end is taken before the state, and the state is a reign, which knows its event: what the state shows already is
  // skipped, what came after it is not.
  const head = await reads.head();
  const [reign] = (await reads.reignPage(model, { first: 1, after: null })).nodes;
  const from = await feed.cursorAt(Math.max(head.seq, reign?.eventSeq ?? 0));
  const changes = await feed.follow({ model, types: ['PROMOTED', 'ROLLED_BACK'] }, from);
  return new ChampionStream(model, reign?.version ?? null, changes);
}

/** What a change of champion makes of it. */
export function championOf(event: StoredEvent): ChampionNow & { readonly version: string } {
  return { model: event.model ?? '', version: (event.data as PromotionData).to };
}

/** Not an async generator: one that waits for its source cannot be ended before the next event comes. */
export class ChampionStream implements AsyncIterableIterator<ChampionNow> {
  #started = false;
  #ended = false;

  constructor(
    private readonly model: string,
    private version: string | null,
    readonly changes: Follower,
  ) {}

  /** What the first answer shows. */
  get now(): ChampionNow {
    return { model: this.model, version: this.version };
  }

  async next(): Promise<IteratorResult<ChampionNow>> {
    if (!this.#started && !this.#ended) {
      this.#started = true;
      return { done: false, value: this.now };
    }
    while (!this.#ended) {
      const step = await this.changes.next();
      if (step.done === true) break;
      const { model, version } = championOf(step.value);
      if (version === this.version) continue;
      this.version = version;
      return { done: false, value: { model, version } };
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<ChampionNow>> {
    this.#ended = true;
    await this.changes.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
