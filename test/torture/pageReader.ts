import { ask } from './ask.js';
import type { Reader, ReaderParts } from './reader.js';
import { randomFilter } from './reader.js';
import { pause } from './seeded.js';

interface Answer {
  readonly events: {
    readonly nodes: readonly { readonly seq: number; readonly hash: string }[];
    readonly endCursor: string;
    readonly hasNextPage: boolean;
  };
}

const EVENTS = `query ($filter: EventFilter, $after: Cursor, $first: Int) {
  events(filter: $filter, after: $after, first: $first) { nodes { seq hash } endCursor hasNextPage }
}`;

/** Reads page after page by `endCursor`, with one filter for its whole life: the bookmark of a reader for whom little happens. */
export class PageReader implements Reader {
  private stopped = false;
  private done: Promise<void> | null = null;

  constructor(private readonly parts: ReaderParts) {
    const { log, models, random } = parts;
    log.begin(randomFilter(models, random), '');
  }

  run(): Promise<void> {
    this.done = this.follow();
    return this.done;
  }

  settle(): void {}

  caughtUp(end: number): boolean {
    return this.parts.log.reached(end);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.done;
    await this.parts.log.end();
  }

  private async follow(): Promise<void> {
    const { log, shared, random } = this.parts;
    while (!this.stopped) {
      const { known } = shared;
      const variables = { filter: log.filter, after: log.after, first: 1 + random.below(60) };
      const asked = await ask<Answer>(shared.url, shared.token, EVENTS, variables);
      if (asked.kind === 'refused') {
        log.refused(asked.code);
        log.begin(log.filter, '');
      } else if (asked.kind === 'data') {
        const { nodes, endCursor, hasNextPage } = asked.data.events;
        log.page({ endCursor, hasNextPage, known, events: nodes.map(({ seq, hash }) => ({ seq, hash })) });
        if (hasNextPage) continue;
      }
      await pause(random.real(20, 400));
    }
  }
}
