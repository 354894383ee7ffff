import { type BackoffOptions, backoffDelay, DEFAULT_BACKOFF, wait } from './backoff.js';
import type { Checkpoint } from './checkpoint.js';
import type { Connection } from './connection.js';
import type { EventFilter, RegistryEvent } from './event.js';
import { EventBuffer } from './eventBuffer.js';
import { JuaraClientError } from './JuaraClientError.js';
import type { LogGuard } from './logGuard.js';
import { type Session, subscribeOnce } from './subscribeOnce.js';
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
   * Throws JuaraClientError only for what repetition can't mend: CURSOR_*, UNAUTHENTICATED, FORBIDDEN, a malformed filter, and LOG_* or
   * CHECKPOINT_FORGED where the log contradicts the last checkpoint that was seen, which is looked at before each connection.
   */
  watch(options?: WatchOptions): AsyncIterableIterator<RegistryEvent>;
}

export function watchCalls(connection: Connection, guard: LogGuard): WatchCalls {
  return {
    watch: (options = {}) => {
      // return() must end an iteration that waits for an event; a generator alone would sit on its promise.
      const stop = new AbortController();
      const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
      const events = watchEvents(connection, guard, options, signal);
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
  guard: LogGuard,
  options: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<RegistryEvent, void, undefined> {
  const { backoff = DEFAULT_BACKOFF, onRetry = () => {} } = options;
  const pause = (attempt: number): Promise<void> => {
    const delay = backoffDelay(attempt, backoff);
    if (!signal.aborted) onRetry(delay);
    return wait(delay, signal);
  };
  const admit = admission(guard, pause, signal);
  const session = await openSession(connection, options, { pause, admit, signal });
  for (let attempt = 0; !signal.aborted; ) {
    const began = { at: Date.now(), cursor: session.buffer.cursor };
    const now = await admit();
    if (now === null) return;
    // Without a cursor the caller wants what happens from now on; the place is kept, so that a lost connection loses no event.
    session.variables.after ??= now.cursor;
    for await (const event of subscribeOnce(session)) {
      yield event;
      await options.onCursor?.(event.cursor);
    }
    if (session.buffer.cursor !== began.cursor || Date.now() - began.at > backoff.maxMs) attempt = 0;
    else await pause(attempt++);
  }
}

/** Resolves to the log as it stands once it has been held against the last checkpoint; to null when the signal has fired. */
type Admission = () => Promise<Checkpoint | null>;

/** Asked before each connection: what came in between may be another registry, or an older backup of this one. */
function admission(guard: LogGuard, pause: (attempt: number) => Promise<void>, signal: AbortSignal): Admission {
  return async () => {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        return await unlessAborted(guard.check(), signal);
      } catch (error) {
        // Where the caller's own store of checkpoints fails, the caller should know.
        if (!(error instanceof JuaraClientError) || terminalError(error) !== null) throw error;
        await pause(attempt);
      }
    }
    return null;
  };
}

/** Null as soon as the signal fires, whatever becomes of the work. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  let onAbort = (): void => {};
  const aborted = new Promise<null>((resolve) => {
    onAbort = () => resolve(null);
    signal.addEventListener('abort', onAbort);
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

interface SessionParts {
  readonly pause: (attempt: number) => Promise<void>;
  readonly admit: Admission;
  readonly signal: AbortSignal;
}

async function openSession(connection: Connection, options: WatchOptions, { pause, admit, signal }: SessionParts): Promise<Session> {
  const { eventSocket } = await import('./eventSocket.js');
  const filter = {
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.types === undefined ? {} : { types: options.types }),
  };
  const client = eventSocket(connection, {
    beforeRetry: async (attempt) => {
      await pause(attempt);
      await admit().catch((failure: unknown) => session.refuse?.(failure));
    },
    keepAliveMs: options.keepAliveMs ?? 15_000,
  });
  const variables = { filter, ...(options.after === undefined ? {} : { after: options.after }) };
  const session: Session = { client, buffer: new EventBuffer(options.after), signal, variables, refuse: null };
  return session;
}
