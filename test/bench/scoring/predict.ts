import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { PredictTensor } from '../../../src/domain/prediction.js';
import { createPredictor } from '../../../src/scoring/predict/createPredictor.js';
import type { ModelSource } from '../../../src/scoringPorts.js';
import { median } from '../median.js';
import { CONVOLUTIONAL_TASKS, convolutionalModel, IMAGE, noise } from './convolutional.js';

const PREDICT_CHILD = fileURLToPath(new URL('../../../src/scoring/predict/predictChild.js', import.meta.url));
const WARM_UP = 5;
const ROUNDS = 60;
const THREADS = 1;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** A bare session in this process, and the predictor's child: the same file, the same image, the same threads, in turns. */
async function measure(folder: string): Promise<{ bare: number; numbers: number; array: number; inRun: number }> {
  const bytes = convolutionalModel();
  const path = join(folder, 'model.onnx');
  await writeFile(path, bytes);
  const outputs = CONVOLUTIONAL_TASKS.map(({ name }) => ({ task: name, output: name }));
  const model: ModelSource = { path, outputs, classMappings: null, tasks: CONVOLUTIONAL_TASKS };
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: THREADS, interOpNumThreads: 1 });
  const predictor = createPredictor({ childPath: PREDICT_CHILD, memoryMb: 2048, timeoutMs: 60_000, sessions: 1, threads: THREADS });
  try {
    const image = noise(
      IMAGE.reduce((product, size) => product * size, 1),
      3,
    );
    const shape = [1, ...IMAGE];
    const predict = (tensor: PredictTensor) => predictor.predict({ key: 'model', model, tensors: [tensor] });
    const plain = Array.from(image);
    const times = { bare: [] as number[], numbers: [] as number[], array: [] as number[], inRun: [] as number[] };
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const bare = await milliseconds(() => session.run({ image: new Tensor('float32', image, shape) }));
      const numbers = await milliseconds(() => predict({ name: 'image', shape, dtype: null, data: plain }));
      let inRun = 0;
      const array = await milliseconds(async () => {
        inRun = (await predict({ name: 'image', shape, dtype: 'float32', data: image })).milliseconds;
      });
      if (round < WARM_UP) continue;
      times.bare.push(bare);
      times.numbers.push(numbers);
      times.array.push(array);
      times.inRun.push(inRun);
    }
    return { bare: median(times.bare), numbers: median(times.numbers), array: median(times.array), inRun: median(times.inRun) };
  } finally {
    await predictor.close();
    await session.release();
  }
}

/** Prints a prediction's time as a ratio of a bare session.run over the same image. */
export async function benchPredict(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'juara-bench-'));
  try {
    const { bare, numbers, array, inRun } = await measure(folder);
    const row = (input: string, time: number) => ({
      'predict, 1x3x224x224': input,
      'Juara (ms)': time.toFixed(2),
      'bare session.run (ms)': bare.toFixed(2),
      'Juara / bare': (time / bare).toFixed(2),
      target: '<= 1.5',
    });
    console.table([row('plain numbers', numbers), row('float32 array', array), row('of it within the model', inRun)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
