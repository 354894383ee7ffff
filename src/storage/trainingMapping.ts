import type { TrainingEvent } from '../domain/records.js';
import { fromJson, fromJsonOrNull, toJson, toJsonOrNull } from './jsonColumn.js';
import type { TrainingEventRow } from './trainingEventRow.js';

export function trainingToRow(event: TrainingEvent): TrainingEventRow {
  return {
    id: event.id,
    model: event.model,
    event_id: event.eventId,
    status: event.status,
    date: event.date,
    station: event.station,
    labels: toJson(event.labels),
    added_at: event.addedAt,
    validated_at: event.validatedAt,
    used_by: event.usedBy,
    extra: toJsonOrNull(event.extra),
  };
}

export function trainingFromRow(row: TrainingEventRow): TrainingEvent {
  return {
    id: row.id,
    model: row.model,
    eventId: row.event_id,
    status: row.status,
    date: row.date,
    station: row.station,
    labels: fromJson(row.labels),
    addedAt: row.added_at,
    validatedAt: row.validated_at,
    usedBy: row.used_by,
    extra: fromJsonOrNull(row.extra),
  };
}
