import type { InferenceSession, OnnxValue, Tensor } from 'onnxruntime-node';
import type { BenchmarkInput } from '../../domain/benchmark.js';
import type { Batch } from '../benchmark/benchmarkReader.js';
import { openBenchmark } from '../benchmark/openBenchmark.js';
import { loadModel } from '../model/loadModel.js';
import { taskHeads } from '../model/taskHeads.js';
import { batchesOf } from './batchesOf.js';
import { batchTensors } from './batchTensors.js';
import { BlockOutputs } from './blockOutputs.js';
import type { Evaluated, EvaluationJob } from './evaluationMessages.js';
import { planInputs } from './planInputs.js';
import { type PlannedTask, planTasks } from './planTasks.js';
import { Recorder } from './recorder.js';
import { sampleBlocks } from './sampleBlocks.js';
import { sampleLatency } from './sampleLatency.js';

const MAX_BATCH = 256;
/** A batch of inputs takes no more: a convolutional model's activations take many times its input. */
const BATCH_BYTES = 4 * 2 ** 20;
/** Batches travel between the threads in blocks, so that a small model does not wait for messages. */
const BATCHES_IN_BLOCK = 64;
const BLOCK_BYTES = 16 * 2 ** 20;
const BYTES_PER_VALUE: Readonly<Record<string, number>> = { float16: 2, float64: 8, int64: 8, uint8: 1 };

/** Built entries of the threads that an evaluation has beside the one that the model runs in. */
export interface EvaluationThreads {
  readonly reader: URL;
  readonly recorder: URL;
}

export interface EvaluationOptions {
  readonly threads: EvaluationThreads;
  readonly onProgress: (done: number, of: number) => void;
}

/**
 * Runs the model over the whole benchmark and writes every sample's probabilities. One thread reads, one runs the model, one records.
 * EVALUATION_FAILED, ARTIFACT_INVALID or BENCHMARK_INVALID where model and benchmark do not fit; whatever onnxruntime throws, and an
 * Error with a plain reason where an output is none.
 */
export async function runEvaluation(job: EvaluationJob, { threads, onProgress }: EvaluationOptions): Promise<Evaluated> {
  const { session, signature } = await loadModel(job.model.path, job.threads);
  const { samples, inputs: given } = await headOf(job);
  const inputs = planInputs(signature.inputs, given);
  const { planned, notes } = planTasks(taskHeads(job.model, signature.outputs), job.benchmark.tasks);
  const wanted = [...new Set(planned.map(({ head }) => head.output))];
  const run = (batch: Batch): Promise<InferenceSession.OnnxValueMapType> => session.run(batchTensors(batch, inputs), wanted);
  const bytes = bytesOf(given);
  const size = inputs.fixedBatch ?? Math.min(MAX_BATCH, Math.max(1, Math.floor(BATCH_BYTES / bytes)));
  const inBlock = Math.min(BATCHES_IN_BLOCK, Math.max(1, Math.floor(BLOCK_BYTES / (bytes * size))));
  const recorder = new Recorder(threads.recorder, planned, job.predictionsPath);
  const began = performance.now();
  let last: Batch | null = null;
  try {
    for await (const block of sampleBlocks(threads.reader, job.benchmark, size * inBlock)) {
      const outputs = planned.map((task) => new BlockOutputs(task.head, block.count));
      for (const batch of batchesOf(block, size)) {
        put(planned, outputs, await run(batch), batch.first - block.first, inputs.fixedBatch ?? batch.count);
        last = batch;
        onProgress(batch.first + batch.count, samples);
      }
      await recorder.record({ first: block.first, count: block.count, labels: block.labels, outputs: outputs.map((o) => o.values) });
    }
    notes.push(...(await recorder.finish()));
  } finally {
    await recorder.end();
  }
  const timed = async (batch: Batch): Promise<void> => {
    await run(batch);
    // A slow model is timed for long, and shows that it is alive.
    onProgress(samples, samples);
  };
  const latency = await sampleLatency(timed, last, inputs.fixedBatch, performance.now() - began);
  return { samples, notes: [...inputs.notes, ...notes], latency };
}

async function headOf({ benchmark }: EvaluationJob): Promise<{ samples: number; inputs: readonly BenchmarkInput[] }> {
  const reader = await openBenchmark(benchmark);
  await reader.close();
  return { samples: reader.samples, inputs: reader.inputs };
}

type Outputs = { readonly [name: string]: OnnxValue };

function put(planned: readonly PlannedTask[], blocks: readonly BlockOutputs[], outputs: Outputs, at: number, samples: number): void {
  for (const [i, { head }] of planned.entries()) blocks[i]?.put(outputs[head.output] as Tensor | undefined, at, samples);
}

/** Of one sample. */
function bytesOf(inputs: readonly BenchmarkInput[]): number {
  const size = ({ dtype, sampleShape }: BenchmarkInput): number =>
    sampleShape.reduce((product, n) => product * n, BYTES_PER_VALUE[dtype] ?? 4);
  return inputs.reduce((sum, input) => sum + size(input), 0);
}
