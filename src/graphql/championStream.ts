import type { PromotionData, StoredEvent } from '../domain/event.js';
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
  return new ChampionIterator(model, reign?.version ?? null, changes);
}

/** Not an async generator: one that waits for its source cannot be ended before the next event comes. */
class ChampionIterator implements AsyncIterableIterator<ChampionNow> {
  #started = false;
  #ended = false;

  constructor(
    private readonly model: string,
    private version: string | null,
    private readonly changes: AsyncIterableIterator<StoredEvent>,
  ) {}

  async next(): Promise<IteratorResult<ChampionNow>> {
    if (!this.#started && !this.#ended) {
      this.#started = true;
      return { done: false, value: { model: this.model, version: this.version } };
    }
    while (!this.#ended) {
      const step = await this.changes.next();
      if (step.done === true) break;
      const { to } = step.value.data as PromotionData;
      if (to === this.version) continue;
      this.version = to;
      return { done: false, value: { model: this.model, version: to } };
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
