import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { type EventLineFragment, LiveDocument } from '../api/generated/operations';
import { authorization } from '../api/session';

export type FeedState = 'connecting' | 'live' | 'offline';
export type LiveEvent = EventLineFragment;

/** What the page knows of the log; a new object whenever anything has changed. */
export interface FeedSnapshot {
  readonly state: FeedState;
  /** Newest first. */
  readonly recent: readonly LiveEvent[];
}

const KEPT = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Codes of a socket that it makes no sense to open again: the token is not good (any more). */
const FINAL_CODES = [4401, 4403];

/** One subscription to the whole log for the whole page. It goes on behind the last event after each interruption, leaving none out. */
export class EventFeed {
  #snapshot: FeedSnapshot = { state: 'connecting', recent: [] };
  #cursor: string | null = null;
  readonly #changed = new Set<() => void>();
  readonly #heard = new Set<(event: LiveEvent) => void>();
  readonly #client: Client;

  constructor(address: string) {
    this.#client = createClient({
      url: address,
      lazy: true,
      connectionParams: authorization,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => false,
      on: {
        connecting: () => this.#put({ state: 'connecting' }),
        connected: () => this.#put({ state: 'live' }),
        closed: () => this.#put({ state: 'offline' }),
      },
    });
  }

  readonly snapshot = (): FeedSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#changed.add(listener);
    return () => void this.#changed.delete(listener);
  };

  /** Each event once, in order. */
  onEvent(listener: (event: LiveEvent) => void): () => void {
    this.#heard.add(listener);
    return () => void this.#heard.delete(listener);
  }

  /** Follows the log until the page goes; `recent`, newest first, is what has been before. */
  async run(recent: readonly LiveEvent[], cursor: string): Promise<void> {
    this.#cursor = cursor;
    this.#put({ recent });
    for (let attempt = 0; ; ) {
      const code = await this.#follow(() => {
        attempt = 0;
      });
      if (code !== null && FINAL_CODES.includes(code)) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, 200 * 2 ** attempt)));
      attempt += 1;
    }
  }

  /** Until the socket is gone; its close code, null where there is none. */
  #follow(onEvent: () => void): Promise<number | null> {
    const query = print(LiveDocument);
    return new Promise((resolve) => {
      this.#client.subscribe<{ events: LiveEvent }>(
        { query, variables: { after: this.#cursor } },
        {
          next: ({ data }) => {
            if (data == null) return;
            onEvent();
            this.#take(data.events);
          },
          error: (failure) => resolve(failure instanceof CloseEvent ? failure.code : null),
          complete: () => resolve(null),
        },
      );
    });
  }

  #take(event: LiveEvent): void {
    this.#cursor = event.cursor;
    this.#put({ recent: [event, ...this.#snapshot.recent].slice(0, KEPT) });
    for (const listener of this.#heard) listener(event);
  }

  #put(part: Partial<FeedSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listener of this.#changed) listener();
  }
}
