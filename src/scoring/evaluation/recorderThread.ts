/** Thread that turns what the model gives into probabilities and writes them: sent RecordedBlocks, it answers each; sent null, with its notes. */
import { parentPort, workerData } from 'node:worker_threads';
import { createPredictionsWriter } from '../predictions/createPredictionsWriter.js';
import { HeadRecorder } from './headRecorder.js';
import type { PlannedTask } from './planTasks.js';
import type { RecordedBlock } from './recorder.js';

const { planned, path } = workerData as { readonly planned: readonly PlannedTask[]; readonly path: string };
const writer = await createPredictionsWriter(path, planned);
const recorders = planned.map((task) => new HeadRecorder(task, writer));

async function record(block: RecordedBlock): Promise<null> {
  for (const [i, values] of block.outputs.entries()) await recorders[i]?.record(block, values);
  return null;
}

async function finish(): Promise<readonly string[]> {
  await writer.finish();
  return recorders.flatMap((recorder) => recorder.notes());
}

async function answer(block: RecordedBlock | null): Promise<void> {
  try {
    parentPort?.postMessage(block === null ? await finish() : await record(block));
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** One block after the other: more come while one is being written, and the samples' order is the file's. */
let turn = Promise.resolve();
parentPort?.on('message', (block: RecordedBlock | null) => {
  turn = turn.then(() => answer(block));
});
