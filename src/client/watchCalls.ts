import { type BackoffOptions, backoffDelay, DEFAULT_BACKOFF, wait } from './backoff.js';
import type { Connection } from './connection.js';
import type { EventFilter, RegistryEvent } from './event.js';
import { EventBuffer } from './eventBuffer.js';
import { type Session, subscribeOnce } from './subscribeOnce.js';
import type { SummaryCalls } from './summaryCalls.js';
import { terminalError } from './watchErrors.js';

export interface WatchOptions extends EventFilter {
  /** Cursor of the last event handled; '' begins with the first event of the log; left out: from now on. */
  readonly after?: string;
  /**
   * Awaited when the consumer comes back for the next event, with the cursor of the one before: what is stored here has been
   * handled. An event whose handling throws or breaks off the loop is not reported, and comes again after a restart.
   */
  readonly onCursor?: (cursor: string) => void | Promise<void>;
  /** Told of each wait before another try to reach the server. */
  readonly onRetry?: (delayMs: number) => void;
  /** Ends the iteration quietly. */
  readonly signal?: AbortSignal;
  readonly backoff?: BackoffOptions;
  /** Milliseconds between pings to the server. Default 15,000. */
  readonly keepAliveMs?: number;
}

export interface WatchCalls {
  /**
   * Every event behind `after`, each once, in order, none left out, over any number of lost connections and restarts of the server.
   * Throws JuaraClientError only for what repetition can't mend: CURSOR_*, UNAUTHENTICATED, FORBIDDEN, a malformed filter.
   */
  watch(options?: WatchOptions): AsyncIterableIterator<RegistryEvent>;
}

type Checkpoint = SummaryCalls['checkpoint'];

export function watchCalls(connection: Connection, checkpoint: Checkpoint): WatchCalls {
  return {
    watch: (options = {}) => {
      // return() must end an iteration that waits for an event; a generator alone would sit on its promise.
      const stop = new AbortController();
      const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
      const events = watchEvents(connection, checkpoint, options, signal);
      return {
        next: () => events.next(),
        return: () => {
          stop.abort();
          return events.return();
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

async function* watchEvents(
  connection: Connection,
  checkpoint: Checkpoint,
  options: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<RegistryEvent, void, undefined> {
  const { backoff = DEFAULT_BACKOFF, onRetry = () => {} } = options;
  const pause = (attempt: number): Promise<void> => {
    const delay = backoffDelay(attempt, backoff);
    if (!signal.aborted) onRetry(delay);
    return wait(delay, signal);
  };
  const session = await openSession(connection, checkpoint, options, pause, signal);
  for (let attempt = 0; !signal.aborted; ) {
    const began = { at: Date.now(), cursor: session.buffer.cursor };
    for await (const event of subscribeOnce(session)) {
      yield event;
      await options.onCursor?.(event.cursor);
    }
    if (session.buffer.cursor !== began.cursor || Date.now() - began.at > backoff.maxMs) attempt = 0;
    else await pause(attempt++);
  }
}

/**
 * Without a cursor the caller wants what happens from now on: the log's length now is noted, so that a connection that is lost
 * before the first event loses none. Its log is then read from the start, and what is older is left out.
 */
async function openSession(
  connection: Connection,
  checkpoint: Checkpoint,
  options: WatchOptions,
  pause: (attempt: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Session> {
  const since = options.after === undefined ? await headSeq(checkpoint, pause, signal) : 0;
  const buffer = new EventBuffer(options.after, since);
  const { eventSocket } = await import('./eventSocket.js');
  const client = eventSocket(connection, { pause, keepAliveMs: options.keepAliveMs ?? 15_000 });
  const filter = {
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.types === undefined ? {} : { types: options.types }),
  };
  const variables: Session['variables'] = { filter, ...(options.after === undefined ? {} : { after: options.after }) };
  client.on('closed', () => {
    variables.after ??= '';
  });
  return { client, buffer, signal, variables };
}

async function headSeq(checkpoint: Checkpoint, pause: (attempt: number) => Promise<void>, signal: AbortSignal): Promise<number> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return (await checkpoint()).seq;
    } catch (error) {
      const terminal = terminalError(error);
      if (terminal !== null) throw terminal;
      await pause(attempt);
    }
  }
  return 0;
}
