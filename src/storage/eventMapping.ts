import type { StoredEvent } from '../domain/event.js';
import type { EventRow } from './eventRow.js';
import { fromJson, toJson } from './jsonColumn.js';

export function eventToRow(event: StoredEvent): EventRow {
  return {
    seq: event.seq,
    type: event.type,
    at: event.at,
    actor: event.actor,
    model: event.model,
    data: toJson(event.data),
    hash: event.hash,
  };
}

export function eventFromRow(row: EventRow): StoredEvent {
  return {
    seq: row.seq,
    type: row.type,
    at: row.at,
    actor: row.actor,
    model: row.model,
    data: fromJson(row.data),
    hash: row.hash,
  };
}
