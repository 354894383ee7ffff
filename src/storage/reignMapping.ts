import type { Reign } from '../domain/records.js';
import type { ReignRow } from './reignRow.js';

export function reignToRow(reign: Reign): ReignRow {
  return { model: reign.model, version: reign.version, from_at: reign.from, until_at: reign.until, event_seq: reign.eventSeq };
}

export function reignFromRow(row: ReignRow): Reign {
  return { model: row.model, version: row.version, from: row.from_at, until: row.until_at, eventSeq: row.event_seq };
}
