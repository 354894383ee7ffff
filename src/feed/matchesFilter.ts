import type { StoredEvent } from '../domain/event.js';
import type { EventFilter } from '../ports.js';

/** The filter that storage applies in its queries, for events that are in memory already. */
export function matchesFilter(filter: EventFilter, event: StoredEvent): boolean {
  if (filter.model != null && event.model !== filter.model) return false;
  if (filter.types != null && !filter.types.includes(event.type)) return false;
  return filter.models == null || (event.model !== null && filter.models.includes(event.model));
}
