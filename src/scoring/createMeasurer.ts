import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LRUCache } from 'lru-cache';
import { JuaraError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { describeMetric, type Metric } from '../domain/metric.js';
import type { BlobStore } from '../ports.js';
import type { MeasureJob, Measurement, Measurer, PairedAnswer, PairedQuestion } from '../scoringPorts.js';
import type { Evaluator } from './evaluation/createEvaluator.js';
import type { Evaluated } from './evaluation/evaluationMessages.js';
import { storedSize } from './storedSize.js';
import type { ScoringThreads } from './threads/questions.js';

export interface MeasurerOptions {
  readonly blobs: Pick<BlobStore, 'put' | 'localPath' | 'verify'>;
  readonly evaluator: Evaluator;
  readonly threads: Pick<ScoringThreads, 'measure' | 'compare'>;
  /** Threads that one model computes with. */
  readonly modelThreads: number;
}

/** Of every interval. */
const LEVEL = 0.95;
/** Of a single version's bootstrap; a comparison's number is the policy's. */
const RESAMPLES = 2000;
/** Comparisons kept: a dashboard asks for the same ones again and again, and their answers never change. */
const KEPT_ANSWERS = 200;

/** Runs a version over a benchmark, keeps its predictions as an artifact, and works out what they say. */
export function createMeasurer({ blobs, evaluator, threads, modelThreads }: MeasurerOptions): Measurer {
  const answers = new LRUCache<string, Promise<PairedAnswer>>({ max: KEPT_ANSWERS });

  async function measure({ model, benchmark: { name, ...benchmark }, onProgress, signal }: MeasureJob): Promise<Measurement> {
    const folder = await mkdtemp(join(tmpdir(), 'juara-evaluation-'));
    try {
      const path = join(folder, `${randomUUID()}.npz`);
      const run = await evaluator.evaluate({ model, benchmark, predictionsPath: path, threads: modelThreads, onProgress, signal });
      const predictions = await digest(path);
      const question = { path, benchmark: name, seed: seedOf(predictions), resamples: RESAMPLES, level: LEVEL };
      const { metrics, confusion } = await threads.measure(question, signal);
      await blobs.put(predictions, createReadStream(path));
      const costs = await costsOf(run, model.path, name);
      return { metrics: distinct([...metrics, ...costs]), confusion, notes: run.notes, predictions };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  function compare(question: PairedQuestion): Promise<PairedAnswer> {
    const key = canonicalJson(question as unknown as Json);
    const kept = answers.get(key);
    if (kept !== undefined) return kept;
    const answer = work(question);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  }

  async function work({ base, candidate, ...options }: PairedQuestion): Promise<PairedAnswer> {
    for (const predictions of [base, candidate]) await requireSound(blobs, predictions);
    const files = { base: blobs.localPath(base), candidate: blobs.localPath(candidate) };
    return threads.compare({ ...options, ...files, seed: seedOf(base, candidate), level: LEVEL });
  }

  return { measure, compare };
}

/** Promotions rest on them: what has changed since it was measured decides nothing. */
async function requireSound(blobs: Pick<BlobStore, 'verify'>, predictions: string): Promise<void> {
  const state = await blobs.verify(predictions);
  if (state === 'ok') return;
  const again = 'evaluate the version again';
  if (state === 'missing') throw new JuaraError('ARTIFACT_MISSING', `the predictions ${predictions} are gone from the store: ${again}`);
  const digests = `have SHA-256 ${state.actual} instead of the recorded ${predictions}`;
  throw new JuaraError('ARTIFACT_DAMAGED', `the stored predictions ${digests}: ${again}`);
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Follows from what is asked about alone, so that the same predictions give the same numbers everywhere, at any time. */
function seedOf(...digests: readonly string[]): number {
  return createHash('sha256').update(digests.join(' ')).digest().readUInt32BE(0);
}

async function costsOf({ latency }: Evaluated, path: string, benchmark: string): Promise<Metric[]> {
  const costs = { latency_p50: latency.p50, latency_p95: latency.p95, model_bytes: await storedSize(path) };
  return Object.entries(costs).map(([name, value]) => ({
    name,
    value,
    ...describeMetric(name),
    provenance: 'MEASURED',
    interval: null,
    benchmark,
  }));
}

/** A class may be called like a measure, and a task like another task with its measure. */
function distinct(metrics: readonly Metric[]): readonly Metric[] {
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return metrics;
  throw new JuaraError('EVALUATION_FAILED', `two measures would be called ${twice}: give the task or the class another name`);
}
