import type { Actor } from '../domain/actor.js';
import { JuaraError } from '../domain/errors.js';
import type { PredictionAnswer, PredictTensor } from '../domain/prediction.js';
import type { Model, Version } from '../domain/records.js';
import type { Deps, Reads } from '../ports.js';
import { foundChampion, foundModel, foundVersion } from './found.js';
import { benchmarkSource, foundBenchmark, requireSoundBenchmark } from './foundBenchmark.js';
import { modelSource } from './modelSource.js';
import { onnxFiles } from './onnxFiles.js';

export interface PredictInput {
  readonly model: string;
  /** The champion where it is left out. */
  readonly version?: string | null;
  readonly tensors?: readonly { readonly name: string; readonly shape: readonly number[]; readonly data: readonly number[] }[] | null;
  readonly sample?: { readonly benchmark: string; readonly index: number } | null;
}

export interface Prediction extends PredictionAnswer {
  /** The version that answered: the champion of the moment when the request began. */
  readonly version: Version;
}

/** Asks one version, the champion unless another is named, about one sample. */
export async function predict(deps: Deps, actor: Actor, input: PredictInput): Promise<Prediction> {
  const { reads } = deps.store;
  const model = await foundModel(reads, actor, input.model);
  const version = await askedVersion(reads, model, input.version ?? null);
  const tensors = await askedTensors(deps, version, input);
  const request = { key: predictionKey(version), model: await modelSource(deps.blobs, model, version), tensors };
  return { ...(await deps.predictor.predict(request)), version };
}

/** Equal keys are the same loaded model. */
export function predictionKey({ id, files }: Version): string {
  return `${id} ${onnxFiles(files)[0]?.sha256}`;
}

async function askedVersion(reads: Reads, model: Model, wanted: string | null): Promise<Version> {
  if (wanted !== null) return foundVersion(reads, model.name, wanted);
  const champion = await foundChampion(reads, model);
  if (champion !== null) return champion;
  throw new JuaraError('NO_CHAMPION', `${model.name} has no champion to ask: promote a version, or name one`);
}

async function askedTensors(deps: Deps, version: Version, { tensors, sample }: PredictInput): Promise<readonly PredictTensor[]> {
  if ((tensors == null) === (sample == null)) throw new JuaraError('INVALID_INPUT', 'give either tensors or a sample of a benchmark');
  if (tensors != null) return tensors.map((tensor) => ({ ...tensor, dtype: null }));
  if (sample == null) return [];
  const benchmark = await foundBenchmark(deps.store.reads, sample.benchmark);
  if (sample.index < 0 || sample.index >= benchmark.samples) {
    throw new JuaraError('INVALID_INPUT', `there is no sample ${sample.index}: ${benchmark.name} has 0 to ${benchmark.samples - 1}`);
  }
  await requireSoundBenchmark(deps.blobs, benchmark, 'check');
  const read = await deps.samples.sample(benchmarkSource(deps.blobs, benchmark), sample.index);
  // A benchmark may hold inputs for other versions too.
  const taken = new Set(version.signature?.inputs.map(({ name }) => name));
  return taken.size === 0 ? read : read.filter(({ name }) => taken.has(name));
}
