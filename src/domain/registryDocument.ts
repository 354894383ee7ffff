import { z } from 'zod';
import { JuaraError } from './errors.js';
import type { Json, JsonObject } from './json.js';
import {
  fileSchema,
  instantSchema,
  jsonSchema,
  metricDetailSchema,
  outputsSchema,
  parseDocument,
  tagsSchema,
  tasksSchema,
  trainingDataSchema,
} from './metadata.js';
import type { ReportedMetric } from './metric.js';
import type { Millis, Model, ModelFile, OutputMapping, PipelineHistory, Tag, TrainingData, TrainingEventStatus } from './records.js';
import { checkVersion, parseVersionId, versionId } from './semver.js';
import { BARE_TASKS } from './toRegistryDocument.js';

export { REGISTRY_VERSION, type RegistryState, toRegistryDocument } from './toRegistryDocument.js';

/** One version as a document tells it. Null: the document does not say. */
export interface RegistryEntry {
  readonly modelId: string;
  readonly version: string;
  readonly architecture: string | null;
  readonly createdAt: Millis | null;
  readonly deployedAt: Millis | null;
  readonly archivedAt: Millis | null;
  readonly metrics: readonly ReportedMetric[];
  readonly trainingData: TrainingData | null;
  readonly trainingConfig: Json;
  readonly previousVersion: string | null;
  readonly reason: string | null;
  readonly notes: string | null;
  readonly rollbackFrom: string | null;
  readonly path: string | null;
  readonly configPath: string | null;
  readonly metadataPath: string | null;
  readonly files: readonly Pick<ModelFile, 'name' | 'sha256' | 'bytes'>[];
  readonly tags: readonly Tag[];
  readonly outputs: readonly OutputMapping[];
  /** How an entry of the archive got there. */
  readonly outcome: 'archived' | 'rejected' | null;
}

/** `class` null: only the value is told, so that the task's bins decide. */
export interface DocumentTrainingEvent {
  readonly eventId: string;
  readonly date: string | null;
  readonly station: string | null;
  readonly labels: readonly { readonly task: string; readonly value: number | null; readonly class: string | null }[];
  readonly addedAt: Millis | null;
  readonly validatedAt: Millis | null;
  readonly usedBy: string | null;
  readonly extra: JsonObject | null;
}

export interface RegistryDocument {
  readonly modelName: string;
  readonly lastUpdated: Millis | null;
  readonly champion: RegistryEntry | null;
  /** Newest first. */
  readonly challengers: readonly RegistryEntry[];
  /** Archived and rejected ones, in the document's order. */
  readonly archive: readonly RegistryEntry[];
  readonly validatedEvents: readonly DocumentTrainingEvent[];
  readonly pendingEvents: readonly DocumentTrainingEvent[];
  /** Reserved, consumed and discarded ones: only documents of ours tell them. */
  readonly otherEvents: readonly (DocumentTrainingEvent & { readonly status: TrainingEventStatus })[];
  readonly history: PipelineHistory | null;
  /** Only documents of ours tell these. */
  readonly model: Pick<Model, 'description' | 'createdAt' | 'tasks'> | null;
  /** Contradictions that were settled, for the importer's report. */
  readonly warnings: readonly string[];
}

const text = z.string().nullish();
const time = instantSchema.nullish();
const count = z.int().min(0).nullish();

const entrySchema = z.object({
  model_id: text,
  version: text,
  architecture: text,
  path: text,
  config_path: text,
  metadata_path: text,
  created_at: time,
  deployed_at: time,
  archived_at: time,
  metrics: z.record(z.string(), z.number().nullable()).nullish(),
  training_data: trainingDataSchema.nullish(),
  previous_version: text,
  reason: text,
  rollback_from: text,
  status: text,
  files: z.array(fileSchema).nullish(),
  outcome: text,
  juara: z
    .object({
      notes: text,
      training_config: jsonSchema.nullish(),
      metrics: z.array(metricDetailSchema.pick({ name: true, unit: true, direction: true })).default([]),
      tags: tagsSchema.default([]),
      outputs: outputsSchema.default([]),
    })
    .nullish(),
});
type RawEntry = z.infer<typeof entrySchema>;

const eventSchema = z
  .object({ event_id: z.string(), date: text, station: text, added_at: time, validated_at: time, used_by: text, status: text })
  .catchall(z.json());
type RawEvent = z.infer<typeof eventSchema>;
const eventOrId = z.preprocess((e) => (typeof e === 'string' ? { event_id: e } : e), eventSchema);

const documentSchema = z.object({
  registry_version: z.string().regex(/^2(\.|$)/, 'Invalid input: expected "2.0.0"'),
  last_updated: time,
  champion: entrySchema.nullish(),
  challenger: entrySchema.nullish(),
  challengers: z.array(entrySchema).nullish(),
  archive: z.array(entrySchema).nullish(),
  all_versions: z.array(entrySchema).nullish(),
  pending_events: z.object({ count, events: z.array(eventOrId).nullish(), last_added: time }).nullish(),
  pipeline_history: z.object({ total_runs: count, successful_updates: count, failed_updates: count, last_run: time }).nullish(),
  validated_events: z.array(eventOrId).nullish(),
  juara: z
    .object({
      name: z.string(),
      description: text,
      created_at: instantSchema,
      tasks: tasksSchema,
      other_events: z.array(eventSchema.extend({ status: z.enum(['RESERVED', 'CONSUMED', 'DISCARDED']) })).default([]),
    })
    .nullish(),
});
/** A document as it stands in its file, times read. */
export type RawRegistryDocument = z.infer<typeof documentSchema>;

const WHAT = 'registry document';

function refuse(path: string, expected: string): never {
  throw new JuaraError('INVALID_DOCUMENT', `${WHAT}: ${path}: expected ${expected}`, { path });
}

/**
 * Reads a registry v2.0 document, ours or the original's. Keys that it does not know are left out; what an older file lacks is taken
 * from model_id or the paths. Throws INVALID_DOCUMENT with the path of the first thing that is wrong and what was expected there.
 */
export function parseRegistryDocument(value: unknown): RegistryDocument {
  const raw = parseDocument(documentSchema, value, WHAT);
  const entries = entriesOf(raw);
  const h = raw.pipeline_history;
  return {
    ...entries,
    lastUpdated: raw.last_updated ?? null,
    validatedEvents: (raw.validated_events ?? []).map((e, i) => trainingEvent(e, `validated_events[${i}]`)),
    pendingEvents: (raw.pending_events?.events ?? []).map((e, i) => trainingEvent(e, `pending_events.events[${i}]`)),
    otherEvents: (raw.juara?.other_events ?? []).map((e, i) => ({
      ...trainingEvent(e, `juara.other_events[${i}]`),
      status: e.status,
    })),
    history:
      h == null
        ? null
        : {
            totalRuns: h.total_runs ?? 0,
            successfulUpdates: h.successful_updates ?? 0,
            failedUpdates: h.failed_updates ?? 0,
            lastRun: h.last_run ?? null,
          },
    model:
      raw.juara == null ? null : { description: raw.juara.description ?? null, createdAt: raw.juara.created_at, tasks: raw.juara.tasks },
  };
}

type Role = 'champion' | 'challenger' | 'archive';
interface Found {
  readonly role: Role;
  readonly where: string;
  readonly raw: RawEntry;
}

const WORD_ROLE: Readonly<Record<string, Role>> = {
  champion: 'champion',
  active: 'champion',
  challenger: 'challenger',
  archived: 'archive',
  rejected: 'archive',
};

/** Every mention of a version, those that decide first: a champion is no archived one, whatever else the document calls it. */
function mentions(raw: RawRegistryDocument): Found[] {
  const list = (role: Role, where: string, entries: readonly RawEntry[] | null | undefined): Found[] =>
    (entries ?? []).map((entry, i) => ({ role, where: `${where}[${i}]`, raw: entry }));
  const one = (role: Role, entry: RawEntry | null | undefined): Found[] => (entry == null ? [] : [{ role, where: role, raw: entry }]);
  return [
    ...one('champion', raw.champion),
    ...one('challenger', raw.challenger),
    ...list('challenger', 'challengers', raw.challengers),
    ...list('archive', 'archive', raw.archive),
    ...(raw.all_versions ?? []).map((entry, i): Found => {
      const role = WORD_ROLE[entry.status ?? ''] ?? refuse(`all_versions[${i}].status`, 'champion, challenger or archived');
      return { role, where: `all_versions[${i}]`, raw: entry };
    }),
  ];
}

type Entries = Pick<RegistryDocument, 'modelName' | 'champion' | 'challengers' | 'archive' | 'warnings'>;

function entriesOf(raw: RawRegistryDocument): Entries {
  const found = mentions(raw).map((f) => ({ ...f, ...identity(f) }));
  const names = new Set([raw.juara?.name ?? null, ...found.map((f) => f.model)].filter((name) => name !== null));
  const [modelName] = names;
  if (modelName === undefined) refuse('champion.model_id', '<model>_v<version>: no entry of the document names its model');
  if (names.size > 1) refuse('the document', `the versions of one model, found ${[...names].join(' and ')}`);
  const warnings: string[] = [];
  let champion: string | null = null;
  const chosen = new Map<string, (typeof found)[number]>();
  for (const f of found) {
    const earlier = chosen.get(f.version);
    if (earlier === undefined) {
      const second = f.role === 'champion' && champion !== null;
      if (second) warnings.push(`${f.where}: ${f.version} is called champion, as ${champion} is: taken as archived`);
      else if (f.role === 'champion') champion = f.version;
      chosen.set(f.version, second ? { ...f, role: 'archive' } : f);
    } else if (earlier.role !== f.role) {
      warnings.push(`${f.where}: ${f.version} is ${earlier.role} in ${earlier.where}, which counts`);
    } else if (f.where.startsWith('archive') && (f.raw.archived_at ?? 0) >= (earlier.raw.archived_at ?? 0)) {
      warnings.push(`${f.where}: ${f.version} is archived twice; the later one counts`);
      chosen.set(f.version, f);
    }
  }
  const of = (role: Role): RegistryEntry[] =>
    [...chosen.values()].filter((f) => f.role === role).map((f) => entryOf(f, modelName, f.version));
  return { modelName, champion: of('champion')[0] ?? null, challengers: of('challenger'), archive: of('archive'), warnings };
}

/** Model and version from `version`, model_id, or a path that holds a folder named <model>_v<version>. */
function identity({ raw, where }: Found): { model: string | null; version: string } {
  const id = raw.model_id ?? null;
  const named = id === null ? null : parseVersionId(id);
  const folders = [raw.path, raw.metadata_path, raw.config_path].flatMap((path) => (path ?? '').split(/[\\/]/));
  const placed = folders.map(parseVersionId).find((found) => found !== null) ?? null;
  const version = raw.version ?? named?.version ?? placed?.version;
  if (version === undefined) refuse(`${where}.version`, 'a version here, in model_id, or in a path');
  if (named !== null && named.version !== version) refuse(`${where}.version`, `${named.version}, as model_id ${id} says`);
  try {
    checkVersion(version);
  } catch {
    refuse(`${where}.version`, 'a semantic version such as 1.0.1');
  }
  return { model: named?.model ?? id ?? placed?.model ?? null, version };
}

const versionText = (id: string | null | undefined): string | null => (id == null ? null : (parseVersionId(id)?.version ?? id));

function entryOf({ raw, role }: Found, model: string, version: string): RegistryEntry {
  const details = raw.juara?.metrics ?? [];
  const rejected = raw.outcome === 'rejected' || raw.status === 'rejected';
  return {
    modelId: versionId(model, version),
    version,
    architecture: raw.architecture ?? null,
    createdAt: raw.created_at ?? null,
    deployedAt: raw.deployed_at ?? null,
    archivedAt: raw.archived_at ?? null,
    metrics: Object.entries(raw.metrics ?? {}).flatMap(([name, value]) =>
      value === null ? [] : [{ ...details.find((d) => d.name === name), name, value }],
    ),
    trainingData: raw.training_data ?? null,
    trainingConfig: raw.juara?.training_config ?? null,
    previousVersion: versionText(raw.previous_version),
    reason: raw.reason ?? null,
    notes: raw.juara?.notes ?? null,
    rollbackFrom: versionText(raw.rollback_from),
    path: raw.path ?? null,
    configPath: raw.config_path ?? null,
    metadataPath: raw.metadata_path ?? null,
    files: raw.files ?? [],
    tags: raw.juara?.tags ?? [],
    outputs: raw.juara?.outputs ?? [],
    outcome: role === 'archive' ? (rejected ? 'rejected' : 'archived') : null,
  };
}

const LABEL = /^(.+)_(value|class)$/;

/** `<task>_value` and `<task>_class` become labels; what is neither that nor a known key is kept as `extra`. */
function trainingEvent(raw: RawEvent, where: string): DocumentTrainingEvent {
  const { event_id, date, station, added_at, validated_at, used_by, status: _status, ...rest } = raw;
  const told = Object.keys(rest).flatMap((key) => LABEL.exec(key)?.[1] ?? (BARE_TASKS.includes(key) ? [key] : []));
  const labels = [...new Set(told)].map((task) => label(rest, task, where)).filter((l) => l.value !== null || l.class !== null);
  const extra = Object.entries(rest).filter(([key, value]) => {
    const own = labels.find((l) => l.task === key);
    const repeats = value === null || own?.value === value || own?.class === value;
    return !LABEL.test(key) && !(BARE_TASKS.includes(key) && repeats);
  });
  return {
    eventId: event_id,
    date: date ?? null,
    station: station ?? null,
    labels,
    addedAt: added_at ?? null,
    validatedAt: validated_at ?? null,
    usedBy: used_by ?? null,
    extra: extra.length === 0 ? null : Object.fromEntries(extra),
  };
}

function label(rest: Readonly<Record<string, Json>>, task: string, where: string): DocumentTrainingEvent['labels'][number] {
  const bare = BARE_TASKS.includes(task) ? (rest[task] ?? null) : null;
  const value = rest[`${task}_value`] ?? (typeof bare === 'number' ? bare : null);
  const name = rest[`${task}_class`] ?? (typeof bare === 'string' ? bare : null);
  if (value !== null && typeof value !== 'number') refuse(`${where}.${task}_value`, `number, received ${typeof value}`);
  if (name !== null && typeof name !== 'string') refuse(`${where}.${task}_class`, `string, received ${typeof name}`);
  return { task, value, class: name };
}
