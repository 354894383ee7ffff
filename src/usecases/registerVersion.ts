import type { Actor } from '../domain/actor.js';
import { readEnvelope } from '../domain/dsse.js';
import { JuaraError } from '../domain/errors.js';
import { checkFinite, type Json } from '../domain/json.js';
import { mediaTypeOf } from '../domain/mediaType.js';
import { type ReportedMetric, reportedMetrics } from '../domain/metric.js';
import { checkFileName, checkIdentifier, checkLabel, checkText } from '../domain/names.js';
import type { Model, ModelFile, ModelSignature, OutputMapping, Tag, TrainingData, Version } from '../domain/records.js';
import { checkVersion, nextPatch, versionId } from '../domain/semver.js';
import type { Deps, Tx } from '../ports.js';
import { committed } from './committed.js';
import { foundModel, foundVersion, lockedModel } from './found.js';
import { firstResult, keyed, remember } from './idempotent.js';
import { inspectFiles } from './inspectFiles.js';
import { checkTags } from './setTags.js';
import { attachSignatures } from './signVersion.js';
import { reserveEvents } from './trainingPool.js';

export interface RegisterVersionInput {
  readonly model: string;
  readonly version?: string | null;
  readonly architecture?: string | null;
  readonly files?: readonly { readonly name: string; readonly sha256: string }[] | null;
  readonly metrics?: readonly ReportedMetric[] | null;
  readonly trainingConfig?: Json;
  readonly trainingData?: Partial<{ [K in keyof TrainingData]: TrainingData[K] | null }> | null;
  readonly notes?: string | null;
  readonly tags?: readonly Tag[] | null;
  readonly outputs?: readonly OutputMapping[] | null;
  /** DSSE envelopes over the files. */
  readonly signatures?: readonly Json[] | null;
  readonly idempotencyKey?: string | null;
}

/** The parts of a version that are checked before the transaction: reading and loading files may take seconds. */
type Prepared = Pick<
  Version,
  'architecture' | 'files' | 'metrics' | 'notes' | 'outputs' | 'signature' | 'tags' | 'trainingConfig' | 'trainingData'
>;

/** A new challenger. Its files are looked up by digest and its ONNX files loaded before anything is written. */
export async function registerVersion(deps: Deps, actor: Actor, input: RegisterVersionInput): Promise<Version> {
  const key = keyed(actor, 'register', input);
  const model = await foundModel(deps.store.reads, actor, input.model);
  const earlier = await firstResult(deps.store.reads, key);
  if (earlier !== null) return foundVersion(deps.store.reads, model.name, String(earlier.version));
  if (input.version != null) await refuseTaken(deps, model.name, checkVersion(input.version));
  const signatures = (input.signatures ?? []).flatMap(readEnvelope);
  const prepared = await prepare(deps, model, input);
  return committed(deps, model.name, async (tx) => {
    const locked = await lockedModel(tx, actor, input.model);
    const again = await firstResult(tx, key);
    if (again !== null) return { result: await foundVersion(tx, model.name, String(again.version)), versions: [] };
    const version = input.version ?? nextPatch(await tx.highestVersion(model.name));
    const added = await addVersion(tx, locked, version, prepared, deps.now(), actor.name);
    const signed = await attachSignatures(tx, added, signatures, { at: deps.now(), by: actor.name });
    await remember(tx, key, { version });
    return { result: signed, versions: [signed] };
  });
}

async function refuseTaken(deps: Deps, model: string, version: string): Promise<void> {
  if ((await deps.store.reads.version(versionId(model, version))) === null) return;
  throw new JuaraError('VERSION_EXISTS', `${versionId(model, version)} is registered already and never changes: register the next version`);
}

async function prepare(deps: Deps, model: Model, input: RegisterVersionInput): Promise<Prepared> {
  if (input.architecture != null) checkLabel(input.architecture, 'the architecture');
  if (input.notes != null) checkText(input.notes, 'the notes');
  checkFinite(input.trainingConfig, 'trainingConfig');
  const metrics = reportedMetrics(input.metrics ?? []);
  const trainingData = checkTrainingData(input.trainingData ?? null);
  const tags = checkTags(input.tags ?? []);
  const files = await findFiles(deps, input.files ?? []);
  const signature = await inspectFiles(deps, files);
  return {
    architecture: input.architecture ?? null,
    files,
    metrics,
    notes: input.notes ?? null,
    outputs: checkOutputs(model, signature, input.outputs ?? []),
    signature,
    tags,
    trainingConfig: input.trainingConfig ?? null,
    trainingData,
  };
}

function checkTrainingData(data: RegisterVersionInput['trainingData'] | null): TrainingData | null {
  if (data == null) return null;
  const count = (name: 'totalSamples' | 'trainSamples' | 'valSamples' | 'testSamples'): number | null => {
    const value = data[name] ?? null;
    if (value !== null && (!Number.isInteger(value) || value < 0))
      throw new JuaraError('INVALID_NUMBER', `${name} is ${value}: it is a count, 0 or more`);
    return value;
  };
  const eventsIncluded = [...new Set(data.eventsIncluded ?? [])].map((id) => checkIdentifier(id, 'an id in eventsIncluded'));
  return {
    totalSamples: count('totalSamples'),
    trainSamples: count('trainSamples'),
    valSamples: count('valSamples'),
    testSamples: count('testSamples'),
    eventsIncluded,
  };
}

async function findFiles(deps: Deps, inputs: readonly { name: string; sha256: string }[]): Promise<ModelFile[]> {
  const names = inputs.map((f) => checkFileName(f.name).toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new JuaraError('INVALID_INPUT', `two files are called ${twice} (case aside)`);
  return Promise.all(
    inputs.map(async ({ name, sha256 }) => {
      const bytes = await deps.blobs.size(sha256);
      if (bytes !== null && (await deps.blobs.check(sha256)) !== 'ok') {
        throw new JuaraError('ARTIFACT_DAMAGED', `${name}: what lies in the store is not what was uploaded any more: upload it again`, {
          sha256,
        });
      }
      if (bytes === null) {
        throw new JuaraError(
          'ARTIFACT_NOT_FOUND',
          `${name}: nothing with SHA-256 ${sha256} was uploaded; PUT it to /artifacts/${sha256} first`,
          { sha256 },
        );
      }
      return { name, sha256, bytes, mediaType: mediaTypeOf(name) };
    }),
  );
}

function checkOutputs(model: Model, signature: ModelSignature | null, outputs: readonly OutputMapping[]): readonly OutputMapping[] {
  for (const { task, output } of outputs) {
    if (!model.tasks.some((t) => t.name === task))
      throw new JuaraError('INVALID_INPUT', `outputs: the model has no task ${JSON.stringify(task)}`);
    if (signature === null) throw new JuaraError('INVALID_INPUT', 'outputs are given, but no ONNX file that they could belong to');
    if (!signature.outputs.some((o) => o.name === output)) {
      const names = signature.outputs.map((o) => o.name).join(', ');
      throw new JuaraError('INVALID_INPUT', `outputs: the ONNX file has no output ${JSON.stringify(output)}; it has ${names}`);
    }
  }
  const tasks = outputs.map((o) => o.task);
  if (new Set(tasks).size !== tasks.length) throw new JuaraError('INVALID_INPUT', 'outputs: a task is named twice');
  return outputs;
}

async function addVersion(tx: Tx, model: Model, version: string, prepared: Prepared, at: number, actor: string): Promise<Version> {
  const added: Version = {
    ...prepared,
    id: versionId(model.name, version),
    model: model.name,
    version,
    status: 'CHALLENGER',
    createdAt: at,
    deployedAt: null,
    archivedAt: null,
    reason: null,
    previousVersion: model.champion,
    signatures: [],
  };
  await tx.insertVersion(added);
  await reserveEvents(tx, added);
  const data = { version, architecture: added.architecture, files: added.files.map(({ name, sha256 }) => ({ name, sha256 })) };
  await tx.append({ type: 'VERSION_REGISTERED', at, actor, model: model.name, data });
  return added;
}
