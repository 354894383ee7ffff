import { createClient, type JuaraClient, JuaraClientError } from '../../src/client/index.js';
import type { Reader, ReaderParts } from './reader.js';
import { randomFilter, randomStart } from './reader.js';
import type { LineFilter } from './records.js';

/** Follows with `client.watch`, which mends lost connections by itself; now and then it is broken off, and begun again. */
export class WatchReader implements Reader {
  private readonly client: JuaraClient;
  private readonly stopping = new AbortController();
  private settled = false;
  private done: Promise<void> | null = null;

  constructor(private readonly parts: ReaderParts) {
    const { url, token } = parts.shared;
    this.client = createClient({ url, token });
  }

  run(): Promise<void> {
    this.done = this.follow();
    return this.done;
  }

  settle(): void {
    this.settled = true;
  }

  caughtUp(_end: number, last: (filter: LineFilter) => number): boolean {
    return this.parts.log.reached(last(this.parts.log.filter));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
    await this.parts.log.end();
  }

  private async follow(): Promise<void> {
    const { log, shared, models, random } = this.parts;
    log.begin(randomFilter(models, random), randomStart(shared, random));
    while (!this.stopping.signal.aborted) {
      const refused = await this.watchFor(random.real(500, 8_000));
      if (refused || (!this.settled && random.chance(0.3))) log.begin(randomFilter(models, random), randomStart(shared, random));
    }
  }

  /** True where the stream can't go on. */
  private async watchFor(ms: number): Promise<boolean> {
    const { log } = this.parts;
    const { model, types } = log.filter;
    const enough = new AbortController();
    const timer = setTimeout(() => {
      if (!this.settled) enough.abort();
    }, ms);
    const signal = AbortSignal.any([this.stopping.signal, enough.signal]);
    log.open();
    try {
      const events = this.client.watch({
        ...(log.after === null ? {} : { after: log.after }),
        ...(model === undefined ? {} : { model }),
        ...(types === undefined ? {} : { types }),
        signal,
        backoff: { baseMs: 20, maxMs: 250 },
      });
      for await (const event of events) log.event(event);
      return false;
    } catch (error) {
      // What `watch` throws can't be mended by trying again, which is never so here.
      log.refused(error instanceof JuaraClientError ? error.code : String(error));
      return true;
    } finally {
      clearTimeout(timer);
    }
  }
}
