import type { Version } from '../domain/records.js';
import { versionSortKey } from '../domain/semver.js';
import { fromJson, fromJsonOrNull, toJson, toJsonOrNull } from './jsonColumn.js';
import { searchText } from './searchText.js';
import type { VersionRow } from './versionRow.js';

export function versionToRow(version: Version): VersionRow {
  return {
    id: version.id,
    model: version.model,
    version: version.version,
    version_key: versionSortKey(version.version),
    status: version.status,
    architecture: version.architecture,
    created_at: version.createdAt,
    deployed_at: version.deployedAt,
    archived_at: version.archivedAt,
    reason: version.reason,
    notes: version.notes,
    previous_version: version.previousVersion,
    metrics: toJson(version.metrics),
    training_config: toJson(version.trainingConfig),
    training_data: toJsonOrNull(version.trainingData),
    files: toJson(version.files),
    signature: toJsonOrNull(version.signature),
    outputs: toJson(version.outputs),
    tags: toJson(version.tags),
    signatures: version.signatures.length === 0 ? null : toJson(version.signatures),
    search_text: searchText([version.id, version.architecture, version.notes, version.reason]),
  };
}

export function versionFromRow(row: VersionRow): Version {
  return {
    id: row.id,
    model: row.model,
    version: row.version,
    status: row.status,
    architecture: row.architecture,
    createdAt: row.created_at,
    deployedAt: row.deployed_at,
    archivedAt: row.archived_at,
    reason: row.reason,
    notes: row.notes,
    previousVersion: row.previous_version,
    metrics: fromJson(row.metrics),
    trainingConfig: fromJson(row.training_config),
    trainingData: fromJsonOrNull(row.training_data),
    files: fromJson(row.files),
    signature: fromJsonOrNull(row.signature),
    outputs: fromJson(row.outputs),
    tags: fromJson(row.tags),
    signatures: fromJsonOrNull<Version['signatures']>(row.signatures) ?? [],
  };
}
