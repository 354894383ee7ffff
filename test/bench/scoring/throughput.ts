import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeClassifier } from '../../../src/demo/encodeClassifier.js';
import type { Task } from '../../../src/domain/task.js';
import type { EvaluationJob } from '../../../src/scoring/evaluation/evaluationMessages.js';
import { runEvaluation } from '../../../src/scoring/evaluation/runEvaluation.js';
import { npz } from '../../support/npz.js';
import { median } from '../median.js';
import { CONVOLUTIONAL_TASKS, convolutionalModel, IMAGE, noise } from './convolutional.js';

const THREADS_OF = {
  reader: new URL('../../../src/scoring/evaluation/readerThread.js', import.meta.url),
  recorder: new URL('../../../src/scoring/evaluation/recorderThread.js', import.meta.url),
};
const ROUNDS = 5;
const THREADS = availableParallelism();

interface Case {
  readonly name: string;
  readonly model: Buffer;
  readonly input: string;
  readonly sampleShape: readonly number[];
  readonly samples: number;
  readonly tasks: readonly Task[];
  /** Samples a batch, as the evaluation chooses it. */
  readonly batch: number;
}

const FEATURES = 12;

function linear(): Case {
  const tasks = CONVOLUTIONAL_TASKS.map(({ name, classes }, t) => ({
    name,
    classes,
    weights: classes.map((_, c) => Array.from(noise(FEATURES, 1 + t * 100 + c))),
    bias: classes.map(() => 0),
  }));
  const model = encodeClassifier({ features: FEATURES, tasks });
  return {
    name: `linear, ${model.length} bytes`,
    model,
    input: 'features',
    sampleShape: [FEATURES],
    samples: 1_000_000,
    tasks: CONVOLUTIONAL_TASKS,
    batch: 256,
  };
}

function convolutional(): Case {
  const model = convolutionalModel();
  const name = `convolutional, ${(model.length / 2 ** 20).toFixed(0)} MiB`;
  return { name, model, input: 'image', sampleShape: IMAGE, samples: 240, tasks: CONVOLUTIONAL_TASKS, batch: 6 };
}

async function files(folder: string, { model, input, sampleShape, samples, tasks }: Case): Promise<EvaluationJob> {
  const stride = sampleShape.reduce((product, size) => product * size, 1);
  const labels = tasks.map(({ name, classes }) => [
    name,
    { dtype: 'int32', shape: [samples], data: Int32Array.from({ length: samples }, (_, i) => i % classes.length) },
  ]);
  const values = { dtype: 'float32', shape: [samples, ...sampleShape], data: new Uint8Array(noise(samples * stride, 7).buffer) };
  const paths = { model: join(folder, 'model.onnx'), benchmark: join(folder, 'benchmark.npz') };
  await writeFile(paths.model, model);
  await writeFile(paths.benchmark, npz({ [input]: values, ...Object.fromEntries(labels) }));
  return {
    model: { path: paths.model, outputs: [], classMappings: null, tasks },
    benchmark: { path: paths.benchmark, format: 'NPZ', csv: null, tasks },
    predictionsPath: '',
    threads: THREADS,
  };
}

/** Samples a second of nothing but session.run, over batches that lie in memory. */
async function bare({ model, input, sampleShape, samples, batch }: Case): Promise<number> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: THREADS, interOpNumThreads: 1 });
  const stride = sampleShape.reduce((product, size) => product * size, 1);
  const data = noise(samples * stride, 7);
  const start = performance.now();
  for (let first = 0; first < samples; first += batch) {
    const count = Math.min(batch, samples - first);
    await session.run({ [input]: new Tensor('float32', data.subarray(first * stride, (first + count) * stride), [count, ...sampleShape]) });
  }
  const seconds = (performance.now() - start) / 1000;
  await session.release();
  return samples / seconds;
}

/** Samples a second of the evaluation from its first batch to its last, and of all of it: the process, loading, packing the predictions. */
async function evaluated(job: EvaluationJob, samples: number): Promise<{ loop: number; whole: number }> {
  const predictionsPath = join(await mkdtemp(join(tmpdir(), 'juara-bench-')), 'predictions.npz');
  const start = performance.now();
  let [first, last, from] = [0, 0, 0];
  let over = false;
  await runEvaluation(
    { ...job, predictionsPath },
    {
      threads: THREADS_OF,
      onProgress: (done, of) => {
        // All of them: the last batch; what comes later is packing and latency.
        if (over) return;
        over = done === of;
        last = performance.now();
        if (first === 0) [first, from] = [last, done];
      },
    },
  );
  const whole = samples / ((performance.now() - start) / 1000);
  return { loop: (samples - from) / ((last - first) / 1000), whole };
}

async function measure(benched: Case): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  try {
    const job = await files(folder, benched);
    const times = { bare: [] as number[], loop: [] as number[], whole: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.bare.push(await bare(benched));
      const { loop, whole } = await evaluated(job, benched.samples);
      times.loop.push(loop);
      times.whole.push(whole);
    }
    const [reference, loop, whole] = [median(times.bare), median(times.loop), median(times.whole)];
    return {
      model: benched.name,
      samples: benched.samples,
      batch: benched.batch,
      'bare (samples/s)': reference.toFixed(0),
      'evaluation / bare': (loop / reference).toFixed(2),
      'with start, packing and latency / bare': (whole / reference).toFixed(2),
      target: '>= 0.9',
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Prints how fast a benchmark is gone through, as a ratio of nothing but session.run over the same batches in memory. */
export async function benchThroughput(): Promise<void> {
  console.table([await measure(linear()), await measure(convolutional())]);
}
