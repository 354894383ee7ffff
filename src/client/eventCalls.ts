import type { Connection } from './connection.js';
import { EVENT_FIELDS, type EventFilter, type RegistryEvent } from './event.js';
import { operation } from './operation.js';

/** `endCursor` is where to go on, also when the page is empty. */
export interface EventPage {
  readonly nodes: readonly RegistryEvent[];
  readonly endCursor: string;
  readonly hasNextPage: boolean;
}

export interface EventListOptions extends EventFilter {
  readonly after?: string;
  readonly first?: number;
}

const EVENTS = operation<{ events: EventPage }, { filter: EventFilter; after?: string; first: number }>(
  `query Events($filter: EventFilter, $after: Cursor, $first: Int) {
    events(filter: $filter, after: $after, first: $first) { nodes { ${EVENT_FIELDS} } endCursor hasNextPage }
  }`,
);

export interface EventCalls {
  /** One page of the log, oldest first, from behind `after`, or from the first event. */
  events(options?: EventListOptions): Promise<EventPage>;
}

export function eventCalls({ query }: Connection): EventCalls {
  return {
    events: async ({ model, types, after, first = 50 } = {}) => {
      const filter = { ...(model === undefined ? {} : { model }), ...(types === undefined ? {} : { types }) };
      return (await query(EVENTS, { filter, first, ...(after === undefined ? {} : { after }) })).events;
    },
  };
}
