import type { Client } from 'graphql-ws';
import { EVENT_FIELDS, type EventFilter, type RegistryEvent } from './event.js';
import type { EventBuffer } from './eventBuffer.js';
import { operation } from './operation.js';
import { terminalError } from './watchErrors.js';

const WATCH = operation<{ events: RegistryEvent }, { filter: EventFilter; after?: string }>(
  `subscription Watch($filter: EventFilter, $after: Cursor) { events(filter: $filter, after: $after) { ${EVENT_FIELDS} } }`,
);

export interface Session {
  readonly client: Client;
  readonly buffer: EventBuffer;
  readonly signal: AbortSignal;
  /** graphql-ws sends these again, as they are by then, when it has reconnected: moving `after` along is what resumes. */
  readonly variables: { readonly filter: EventFilter; after?: string };
  /** Ends the open subscription with a failure; null where none is open. */
  refuse: ((failure: unknown) => void) | null;
}

interface Subscription {
  ended: boolean;
  failure: unknown;
  dispose(): void;
  refuse(failure: unknown): void;
}

/**
 * Events until the subscription ends: by the server, by a full buffer, or by the signal. Lost connections in between are graphql-ws's
 * to mend. Throws what repetition can't mend.
 */
export async function* subscribeOnce(session: Session): AsyncGenerator<RegistryEvent, void, undefined> {
  const { buffer, signal } = session;
  const subscription = open(session);
  signal.addEventListener('abort', subscription.dispose);
  session.refuse = subscription.refuse;
  try {
    while (!signal.aborted) {
      const event = buffer.shift();
      if (event !== undefined) yield event;
      else if (subscription.ended) break;
      else await buffer.changed();
    }
    const terminal = subscription.failure === null ? null : terminalError(subscription.failure);
    if (terminal !== null && !signal.aborted) throw terminal;
  } finally {
    session.refuse = null;
    signal.removeEventListener('abort', subscription.dispose);
    subscription.dispose();
  }
}

function open({ client, buffer, variables }: Session): Subscription {
  const end = (failure: unknown): void => {
    subscription.ended = true;
    subscription.failure ??= failure;
    buffer.nudge();
  };
  const unsubscribe = client.subscribe<{ events: RegistryEvent }>(
    { query: WATCH, variables },
    {
      next: ({ data, errors }) => {
        if (subscription.ended) return;
        if (errors !== undefined) return end(errors);
        if (data) buffer.push(data.events);
        if (buffer.cursor !== undefined) variables.after = buffer.cursor;
        if (buffer.full) subscription.dispose();
      },
      error: end,
      complete: () => end(null),
    },
  );
  const subscription: Subscription = {
    ended: false,
    failure: null,
    dispose: () => subscription.refuse(null),
    refuse: (failure) => {
      end(failure);
      unsubscribe();
    },
  };
  return subscription;
}
