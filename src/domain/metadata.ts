import { z } from 'zod';
import { JuaraError } from './errors.js';
import { checkFinite, type Json, type JsonObject } from './json.js';
import type { VersionStatus } from './lifecycle.js';
import { mediaTypeOf } from './mediaType.js';
import { describeMetric, METRIC_UNITS, type Metric } from './metric.js';
import { checkFileName, checkModelName } from './names.js';
import type { Millis, Model, ModelFile, PipelineHistory, TrainingData, Version, VersionSignature } from './records.js';
import { checkVersion, parseVersionId, versionId } from './semver.js';
import type { Task } from './task.js';

/** What a version's metadata.json knows of its model. */
export type ModelFacts = Pick<Model, 'name' | 'description' | 'createdAt' | 'tasks' | 'history'>;

/** `notes`: what the file did not say and what was taken in its place. `model` null and `filesListed` false: it is not of our making. */
export interface RecordedVersion {
  readonly version: Version;
  readonly model: ModelFacts | null;
  readonly filesListed: boolean;
  readonly notes: readonly string[];
}

const STATUS_WORD: Record<VersionStatus, string> = {
  CHAMPION: 'active',
  CHALLENGER: 'challenger',
  ARCHIVED: 'archived',
  REJECTED: 'rejected',
};
const STATUS_OF: Readonly<Record<string, VersionStatus>> = {
  active: 'CHAMPION',
  champion: 'CHAMPION',
  challenger: 'CHALLENGER',
  archived: 'ARCHIVED',
  rejected: 'REJECTED',
};

export const isoTime = (at: Millis): string => new Date(at).toISOString();
export const isoOrNull = (at: Millis | null): string | null => (at === null ? null : isoTime(at));

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?(Z|[+-]\d{2}:\d{2})?$/;

/** UTC milliseconds of an ISO 8601 text; one without a zone is taken as UTC, as the original pipeline writes them. Null: not a time. */
export function parseInstant(text: string): Millis | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, time = '00:00', zone = 'Z'] = match;
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const at = Date.parse(`${year}-${month}-${day}T${time}${zone}`);
  return Number.isNaN(at) || Number(day) > daysInMonth ? null : at;
}

export const instantSchema = z.string().transform((text, context): Millis => {
  const at = parseInstant(text);
  if (at !== null) return at;
  context.issues.push({ code: 'custom', message: 'Invalid input: expected an ISO 8601 time', input: text });
  return z.NEVER;
});

/** Any JSON, as it is: a schema that rebuilds objects would lose a key named __proto__. */
export const jsonSchema = z.unknown().transform((value, context): Json => {
  try {
    checkFinite(value, 'it');
    return (value ?? null) as Json;
  } catch {
    context.issues.push({ code: 'custom', message: 'Invalid input: expected finite numbers', input: value });
    return z.NEVER;
  }
});

const count = z.int().min(0).nullish();
export const trainingDataSchema = z
  .object({
    total_samples: count,
    train_samples: count,
    val_samples: count,
    test_samples: count,
    events_included: z.array(z.string()).nullish(),
  })
  .transform(
    (t): TrainingData => ({
      totalSamples: t.total_samples ?? null,
      trainSamples: t.train_samples ?? null,
      valSamples: t.val_samples ?? null,
      testSamples: t.test_samples ?? null,
      eventsIncluded: t.events_included ?? [],
    }),
  );

export const fileSchema = z.object({
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'Invalid input: expected 64 lower-case hexadecimal digits'),
  bytes: z.int().min(0),
});

export const metricDetailSchema = z.object({
  name: z.string(),
  unit: z.enum(METRIC_UNITS),
  direction: z.enum(['HIGHER_IS_BETTER', 'LOWER_IS_BETTER']),
  provenance: z.enum(['REPORTED', 'MEASURED']).default('REPORTED'),
  interval: z.object({ low: z.number(), high: z.number(), level: z.number(), method: z.string() }).nullish(),
  benchmark: z.string().nullish(),
});

const binSchema = z.object({ class: z.string(), min: z.number().nullable(), max: z.number().nullable() });
export const tasksSchema: z.ZodType<Task[]> = z.array(
  z.object({
    name: z.string(),
    classes: z.array(z.string()),
    negativeClass: z.string().nullable(),
    criticalClasses: z.array(z.string()),
    bins: z.array(binSchema),
  }),
);

const historySchema = z.object({
  total_runs: z.int().min(0),
  successful_updates: z.int().min(0),
  failed_updates: z.int().min(0),
  last_run: instantSchema.nullish(),
});
const tensorSchema = z.object({
  name: z.string(),
  dtype: z.string(),
  shape: z.array(z.number().nullable()),
  dimNames: z.array(z.string().nullable()),
});
const signatureSchema = z.object({
  inputs: z.array(tensorSchema),
  outputs: z.array(tensorSchema),
  opset: z.int().nullable(),
  producer: z.string().nullable(),
});
export const tagsSchema = z.array(z.object({ key: z.string(), value: z.string() }));
export const outputsSchema = z.array(z.object({ task: z.string(), output: z.string() }));

// Whether they hold is for the policy to say; here they are only kept.
const signaturesSchema = z.array(
  z.object({ key_id: z.string(), payload: z.string(), sig: z.string(), attached_at: instantSchema, attached_by: z.string() }).transform(
    ({ key_id: keyId, attached_at: attachedAt, attached_by: attachedBy, ...s }): VersionSignature => ({
      ...s,
      keyId,
      attachedAt,
      attachedBy,
    }),
  ),
);

const ownSchema = z.object({
  metrics: z.array(metricDetailSchema),
  media_types: z.array(z.object({ name: z.string(), type: z.string() })),
  signature: signatureSchema.nullable(),
  outputs: outputsSchema,
  tags: tagsSchema,
  signatures: signaturesSchema.default([]),
  model: z
    .object({ description: z.string().nullable(), created_at: instantSchema, tasks: tasksSchema, history: historySchema.nullable() })
    .nullable(),
});

const text = z.string().nullish();
const metadataSchema = z.object({
  model_id: z.string(),
  version: text,
  architecture: text,
  created_at: instantSchema.nullish(),
  deployed_at: instantSchema.nullish(),
  archived_at: instantSchema.nullish(),
  metrics: z.record(z.string(), z.number().nullable()).nullish(),
  training_config: jsonSchema.nullish(),
  training_data: trainingDataSchema.nullish(),
  status: z.string(),
  previous_version: text,
  reason: text,
  notes: text,
  files: z.array(fileSchema).nullish(),
  juara: ownSchema.nullish(),
});
type Recorded = z.infer<typeof metadataSchema>;

/** The first thing that is wrong, as `path: what was expected`. Throws INVALID_DOCUMENT. */
export function parseDocument<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).reduce<string>((at, key) => `${at}${typeof key === 'number' ? `[${key}]` : `.${String(key)}`}`, '');
  const message = (issue?.message ?? 'unreadable').replace(/^Invalid input: /, '');
  throw new JuaraError('INVALID_DOCUMENT', `${what}: ${path === '' ? 'the document' : path.replace(/^\./, '')}: ${message}`, { path });
}

export function trainingDataRecord(t: TrainingData): JsonObject {
  return {
    total_samples: t.totalSamples,
    train_samples: t.trainSamples,
    val_samples: t.valSamples,
    test_samples: t.testSamples,
    events_included: [...t.eventsIncluded],
  };
}

export function historyRecord(h: PipelineHistory): JsonObject {
  return {
    total_runs: h.totalRuns,
    successful_updates: h.successfulUpdates,
    failed_updates: h.failedUpdates,
    last_run: isoOrNull(h.lastRun),
  };
}

export const metricValues = (metrics: readonly Metric[]): JsonObject => Object.fromEntries(metrics.map((m) => [m.name, m.value]));
export const fileRecords = (files: readonly ModelFile[]): JsonObject[] => files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }));

/** A deep copy as plain JSON: drops readonly, keeps key order. */
export const plain = (value: unknown): JsonObject[string] => JSON.parse(JSON.stringify(value)) as JsonObject[string];

/**
 * metadata.json of a version: the original's keys, and under `juara` whatever else is needed to make its row again. Equal input
 * gives equal text. `model` null: the model is not known yet (its row is part of the same, uncommitted change).
 */
export function toMetadata(version: Version, model: ModelFacts | null): JsonObject {
  const v = version;
  return {
    model_id: v.id,
    version: v.version,
    architecture: v.architecture,
    created_at: isoTime(v.createdAt),
    deployed_at: isoOrNull(v.deployedAt),
    archived_at: isoOrNull(v.archivedAt),
    metrics: metricValues(v.metrics),
    training_config: v.trainingConfig,
    training_data: v.trainingData === null ? null : trainingDataRecord(v.trainingData),
    status: STATUS_WORD[v.status],
    previous_version: v.previousVersion,
    reason: v.reason,
    notes: v.notes,
    files: fileRecords(v.files),
    juara: {
      metrics: v.metrics.map(({ value: _, ...details }) => plain(details)),
      media_types: v.files.map((f) => ({ name: f.name, type: f.mediaType })),
      signature: plain(v.signature),
      outputs: plain(v.outputs),
      tags: plain(v.tags),
      // Not where there are none: every file that an earlier release wrote would have to be written anew.
      ...(v.signatures.length === 0 ? {} : { signatures: v.signatures.map(signatureRecord) }),
      model: model === null ? null : modelRecord(model),
    },
  };
}

function signatureRecord({ keyId, payload, sig, attachedAt, attachedBy }: VersionSignature): JsonObject {
  return { key_id: keyId, payload, sig, attached_at: isoTime(attachedAt), attached_by: attachedBy };
}

function modelRecord(model: ModelFacts): JsonObject {
  return {
    description: model.description,
    created_at: isoTime(model.createdAt),
    tasks: plain(model.tasks),
    history: model.history === null ? null : historyRecord(model.history),
  };
}

export function parseHistory(h: z.infer<typeof historySchema>): PipelineHistory {
  return { totalRuns: h.total_runs, successfulUpdates: h.successful_updates, failedUpdates: h.failed_updates, lastRun: h.last_run ?? null };
}

/**
 * The version that a metadata.json describes, ours or the original pipeline's. Unknown keys are left out, a missing created_at is
 * taken from the next time that the file names, or from `seenAt` (the file's own time). Throws INVALID_DOCUMENT, INVALID_NAME or
 * INVALID_SEMVER.
 */
export function fromMetadata(json: unknown, seenAt: Millis): RecordedVersion {
  const m = parseDocument(metadataSchema, json, 'metadata.json');
  const { model, version } = identity(m);
  const status = STATUS_OF[m.status.toLowerCase()];
  if (status === undefined) {
    throw new JuaraError('INVALID_DOCUMENT', `metadata.json: status: expected ${Object.values(STATUS_WORD).join(', ')}`, {
      path: 'status',
    });
  }
  const createdAt = m.created_at ?? m.deployed_at ?? m.archived_at ?? seenAt;
  const files = m.files ?? [];
  for (const file of files) checkFileName(file.name);
  return {
    version: {
      id: versionId(model, version),
      model,
      version,
      status,
      architecture: m.architecture ?? null,
      createdAt,
      deployedAt: m.deployed_at ?? null,
      archivedAt: m.archived_at ?? null,
      reason: m.reason ?? null,
      notes: m.notes ?? null,
      previousVersion: m.previous_version ?? null,
      metrics: metricsOf(m),
      trainingConfig: m.training_config ?? null,
      trainingData: m.training_data ?? null,
      files: files.map((f) => ({ ...f, mediaType: m.juara?.media_types.find((t) => t.name === f.name)?.type ?? mediaTypeOf(f.name) })),
      signature: m.juara?.signature ?? null,
      outputs: m.juara?.outputs ?? [],
      tags: m.juara?.tags ?? [],
      signatures: m.juara?.signatures ?? [],
    },
    model: factsOf(model, m),
    filesListed: m.files != null,
    notes: m.created_at == null ? [`created_at is missing: taken to be ${isoTime(createdAt)}`] : [],
  };
}

function identity(m: Recorded): { model: string; version: string } {
  const named = parseVersionId(m.model_id);
  const version = named?.version ?? m.version ?? null;
  if (version === null)
    throw new JuaraError('INVALID_DOCUMENT', 'metadata.json: model_id: expected <model>_v<version>', { path: 'model_id' });
  if (m.version != null && m.version !== version) {
    throw new JuaraError('INVALID_DOCUMENT', `metadata.json: version: ${m.version} contradicts model_id ${m.model_id}`, {
      path: 'version',
    });
  }
  return { model: checkModelName(named?.model ?? m.model_id), version: checkVersion(version) };
}

function factsOf(name: string, { juara }: Recorded): ModelFacts | null {
  if (juara?.model == null) return null;
  const { description, created_at, tasks, history } = juara.model;
  return { name, description, createdAt: created_at, tasks, history: history === null ? null : parseHistory(history) };
}

/** In the order of our own list; a number that it does not describe is a reported one with what its name implies. */
function metricsOf({ metrics, juara }: Recorded): Metric[] {
  const values = new Map(Object.entries(metrics ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
  const described = (juara?.metrics ?? []).flatMap((d) => {
    const value = values.get(d.name);
    return value === undefined ? [] : [{ ...d, value, interval: d.interval ?? null, benchmark: d.benchmark ?? null }];
  });
  const rest = [...values].filter(([name]) => !described.some((d) => d.name === name));
  return [
    ...described,
    ...rest.map(([name, value]): Metric => ({ name, value, ...impliedBy(name), provenance: 'REPORTED', interval: null, benchmark: null })),
  ];
}

function impliedBy(name: string): Pick<Metric, 'unit' | 'direction'> {
  const { unit, direction } = describeMetric(name);
  return { unit, direction };
}
