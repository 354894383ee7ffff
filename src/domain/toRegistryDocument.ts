import type { Json, JsonObject } from './json.js';
import { fileRecords, historyRecord, isoOrNull, isoTime, metricValues, plain, trainingDataRecord } from './metadata.js';
import type { Millis, Model, ModelFile, PipelineHistory, TrainingEvent, TrainingEventStatus, Version } from './records.js';
import { compareVersions } from './semver.js';

/** What a document is made of: one model, all of its versions and training events, in any order. */
export interface RegistryState {
  readonly model: Model;
  readonly versions: readonly Version[];
  readonly trainingEvents: readonly TrainingEvent[];
  /** Version text that the champion replaced by a rollback; null where it came by promotion. */
  readonly rollbackFrom: string | null;
  /** Decisions taken here, on top of the model's imported history. */
  readonly decisions: { readonly all: number; readonly applied: number; readonly last: Millis | null };
  readonly lastUpdated: Millis;
}

export const REGISTRY_VERSION = '2.0.0';

const STATUS_WORD = { CHAMPION: 'champion', CHALLENGER: 'challenger', ARCHIVED: 'archived', REJECTED: 'archived' } as const;
/** The original names these two bare as well as with `_value` and `_class`. */
export const BARE_TASKS: readonly string[] = ['magnitude', 'azimuth'];

const folderOf = (v: Version): string =>
  v.status === 'CHAMPION' ? `champion/${v.model}` : `${v.status === 'CHALLENGER' ? 'challenger' : 'archive'}/${v.id}`;

/** The file that `path` names: ONNX first, then the other usual formats of weights. */
function weightsFile(files: readonly ModelFile[]): string | null {
  const ranked = [/^best_model\.onnx$/, /\.onnx$/i, /\.(pth|pt|safetensors|h5|keras|pkl|joblib|bin|zip)$/i];
  for (const pattern of ranked) {
    const found = files.find((f) => pattern.test(f.name));
    if (found !== undefined) return found.name;
  }
  return null;
}

function entryRecord(v: Version, rollbackFrom: string | null): JsonObject {
  const folder = folderOf(v);
  const weights = v.status === 'ARCHIVED' || v.status === 'REJECTED' ? null : weightsFile(v.files);
  return {
    model_id: v.id,
    version: v.version,
    architecture: v.architecture,
    path: weights === null ? folder : `${folder}/${weights}`,
    config_path: v.files.some((f) => f.name === 'class_mappings.json') ? `${folder}/class_mappings.json` : null,
    metadata_path: `${folder}/metadata.json`,
    created_at: isoTime(v.createdAt),
    deployed_at: isoOrNull(v.deployedAt),
    archived_at: isoOrNull(v.archivedAt),
    metrics: metricValues(v.metrics),
    training_data: v.trainingData === null ? null : trainingDataRecord(v.trainingData),
    previous_version: v.previousVersion,
    status: v.status === 'CHAMPION' ? 'active' : STATUS_WORD[v.status],
    reason: v.reason,
    ...(rollbackFrom === null ? {} : { rollback_from: rollbackFrom }),
    files: fileRecords(v.files),
    ...(v.status === 'REJECTED' ? { outcome: 'rejected' } : {}),
    juara: {
      notes: v.notes,
      training_config: v.trainingConfig,
      metrics: v.metrics.map(({ name, unit, direction }) => ({ name, unit, direction })),
      tags: plain(v.tags),
      outputs: plain(v.outputs),
    },
  };
}

function eventRecord(e: TrainingEvent): JsonObject {
  const labels = e.labels.flatMap(({ task, value, class: name }): [string, Json][] => [
    [`${task}_value`, value],
    [`${task}_class`, name],
    ...(BARE_TASKS.includes(task) ? [[task, e.extra?.[task] ?? value ?? name] as [string, Json]] : []),
  ]);
  return {
    ...e.extra,
    event_id: e.eventId,
    date: e.date,
    station: e.station,
    added_at: isoTime(e.addedAt),
    ...Object.fromEntries(labels),
    validated_at: isoOrNull(e.validatedAt),
  };
}

const latest = (times: readonly (Millis | null)[]): Millis | null => {
  const known = times.filter((t) => t !== null);
  return known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b));
};

function pipelineHistory({ model, decisions }: RegistryState): PipelineHistory {
  const { history } = model;
  return {
    totalRuns: (history?.totalRuns ?? 0) + decisions.all,
    successfulUpdates: (history?.successfulUpdates ?? 0) + decisions.applied,
    failedUpdates: (history?.failedUpdates ?? 0) + decisions.all - decisions.applied,
    lastRun: latest([history?.lastRun ?? null, decisions.last]),
  };
}

/**
 * The registry v2.0 document of a model. Paths are relative to the home. Beside the original's keys: `files` with digests and
 * `outcome: "rejected"` in an entry, `challengers` where there are several, and `juara` for what else an import elsewhere needs.
 */
export function toRegistryDocument(state: RegistryState): JsonObject {
  const { model, trainingEvents } = state;
  const versions = state.versions.toSorted((a, b) => compareVersions(a.version, b.version));
  const champion = versions.find((v) => v.status === 'CHAMPION');
  const challengers = versions
    .filter((v) => v.status === 'CHALLENGER')
    .toReversed()
    .sort((a, b) => b.createdAt - a.createdAt);
  const archive = versions.filter((v) => v.status === 'ARCHIVED' || v.status === 'REJECTED');
  const events = (status: TrainingEventStatus): TrainingEvent[] => trainingEvents.filter((e) => e.status === status);
  const pending = events('PENDING');
  const others = trainingEvents.filter((e) => e.status !== 'PENDING' && e.status !== 'VALIDATED');
  const [newest] = challengers;
  return {
    registry_version: REGISTRY_VERSION,
    last_updated: isoTime(state.lastUpdated),
    champion: champion === undefined ? null : entryRecord(champion, state.rollbackFrom),
    challenger: newest === undefined ? null : entryRecord(newest, null),
    ...(challengers.length > 1 ? { challengers: challengers.map((v) => entryRecord(v, null)) } : {}),
    archive: archive.toSorted((a, b) => (a.archivedAt ?? 0) - (b.archivedAt ?? 0)).map((v) => entryRecord(v, null)),
    all_versions: versions.map((v) => ({ version: v.version, status: STATUS_WORD[v.status], path: folderOf(v) })),
    pending_events: {
      count: pending.length,
      events: pending.map(eventRecord),
      last_added: isoOrNull(latest(pending.map((e) => e.addedAt))),
    },
    pipeline_history: historyRecord(pipelineHistory(state)),
    validated_events: events('VALIDATED').map(eventRecord),
    juara: {
      name: model.name,
      description: model.description,
      created_at: isoTime(model.createdAt),
      tasks: plain(model.tasks),
      other_events: others.map((e) => ({ ...eventRecord(e), status: e.status, used_by: e.usedBy })),
    },
  };
}
