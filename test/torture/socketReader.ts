import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Reader, ReaderParts } from './reader.js';
import { randomFilter, randomStart } from './reader.js';
import type { LineFilter } from './records.js';
import { pause } from './seeded.js';

interface Came {
  readonly seq: number;
  readonly hash: string;
  readonly cursor: string;
}

const EVENTS =
  'subscription ($filter: EventFilter, $after: Cursor) { came: events(filter: $filter, after: $after) { seq hash cursor type model } }';
const PROMOTIONS = 'subscription ($model: String, $after: Cursor) { came: promotions(model: $model, after: $after) { seq hash cursor } }';
const CHANGES: LineFilter['types'] = ['PROMOTED', 'ROLLED_BACK'];

/** One that is broken off while it still connects has an error to tell, when graphql-ws does not listen any more. */
class QuietWebSocket extends WebSocket {
  constructor(url: string, protocols: string | string[]) {
    super(url, protocols);
    this.on('error', () => undefined);
  }
}

/** Follows with nothing but graphql-ws: one connection after the other, each from the cursor of the last event. */
export class SocketReader implements Reader {
  private stopped = false;
  private settled = false;
  private done: Promise<void> | null = null;
  private client: Client | null = null;

  constructor(private readonly parts: ReaderParts) {}

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
    this.stopped = true;
    await this.client?.dispose();
    await this.done;
    await this.parts.log.end();
  }

  private async follow(): Promise<void> {
    const { random } = this.parts;
    this.begin();
    while (!this.stopped) {
      const refused = await this.connectFor(random.real(500, 8_000));
      if (refused || (!this.settled && random.chance(0.1))) this.begin();
      await pause(random.real(5, 100));
    }
  }

  private begin(): void {
    const { log, shared, models, random } = this.parts;
    const filter = randomFilter(models, random);
    const { types: _all, ...ofModel } = filter;
    log.begin(random.chance(0.5) ? filter : { ...ofModel, types: CHANGES }, randomStart(shared, random));
  }

  /** True where the server refuses to go on. */
  private async connectFor(ms: number): Promise<boolean> {
    const { log, shared } = this.parts;
    const client = createClient({
      url: `${shared.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: QuietWebSocket,
      connectionParams: { authorization: `Bearer ${shared.token}` },
      retryAttempts: 0,
    });
    this.client = client;
    const timer = setTimeout(() => {
      if (!this.settled) client.terminate();
    }, ms);
    log.open();
    try {
      for await (const { data, errors } of client.iterate<{ came: Came }>(this.operation())) {
        if (errors !== undefined) throw errors;
        if (data != null) log.event(data.came);
      }
      return false;
    } catch (error) {
      const code = codeOf(error);
      if (code !== null) log.refused(code);
      return code !== null;
    } finally {
      clearTimeout(timer);
      await client.dispose();
    }
  }

  private operation() {
    const { filter, after } = this.parts.log;
    const from = after === null ? {} : { after };
    if (filter.types === CHANGES) return { query: PROMOTIONS, variables: { model: filter.model ?? null, ...from } };
    return { query: EVENTS, variables: { filter, ...from } };
  }
}

/** Null for whatever a lost connection or a server that is about to go may say. */
function codeOf(error: unknown): string | null {
  if (!Array.isArray(error)) return null;
  const code: unknown = error[0]?.extensions?.code;
  return code === 'UNAVAILABLE' || code === 'INTERNAL_SERVER_ERROR' ? null : String(code);
}
