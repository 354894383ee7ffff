import type { Model } from '../domain/records.js';
import { fromJson, fromJsonOrNull, toJson, toJsonOrNull } from './jsonColumn.js';
import type { ModelRow } from './modelRow.js';
import { searchText } from './searchText.js';

export function modelToRow(model: Model): ModelRow {
  return {
    name: model.name,
    description: model.description,
    created_at: model.createdAt,
    revision: model.revision,
    tasks: toJson(model.tasks),
    champion: model.champion,
    history: toJsonOrNull(model.history),
    search_text: searchText([model.name, model.description]),
  };
}

export function modelFromRow(row: ModelRow): Model {
  return {
    name: row.name,
    description: row.description,
    createdAt: row.created_at,
    revision: row.revision,
    tasks: fromJson(row.tasks),
    champion: row.champion,
    history: fromJsonOrNull(row.history),
  };
}
