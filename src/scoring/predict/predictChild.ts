/** Entry of the process that keeps one model loaded: `node predictChild.js <process id of its parent>`. It speaks protocol.ts. */
import { JuaraError } from '../../domain/errors.js';
import { endWithParent } from '../endWithParent.js';
import { type LoadedModel, loadModel } from '../model/loadModel.js';
import { modelTensor } from '../model/modelTensor.js';
import { type TaskHead, taskHeads } from '../model/taskHeads.js';
import { saysNoMemory } from '../noMemory.js';
import { plainReason } from '../plainReason.js';
import type { LoadReport, RunReport, ToChild } from './protocol.js';
import { readHead } from './readHead.js';

type Load = Extract<ToChild, { kind: 'load' }>;
type Run = Extract<ToChild, { kind: 'run' }>;

interface Served extends LoadedModel {
  readonly heads: readonly TaskHead[];
}

let served: Served | null = null;

async function load({ model, threads }: Load): Promise<LoadReport> {
  const loaded = await loadModel(model.path, threads);
  served = { ...loaded, heads: taskHeads(model, loaded.signature.outputs) };
  return { kind: 'loaded', inputs: loaded.signature.inputs.map(({ name, dtype, shape }) => ({ name, dtype, shape })) };
}

async function run({ feeds }: Run): Promise<RunReport> {
  if (served === null) throw new Error('it was asked before its model was loaded');
  const { session, signature, heads } = served;
  const types = new Map(signature.inputs.map(({ name, dtype }) => [name, dtype]));
  const tensors = Object.fromEntries(feeds.map((feed) => [feed.name, modelTensor(feed, types.get(feed.name) ?? '')]));
  const wanted = [...new Set(heads.map((head) => head.output))];
  const start = performance.now();
  const outputs = await session.run(tensors, wanted);
  const milliseconds = performance.now() - start;
  return { kind: 'answered', tasks: heads.map((head) => readHead(head, outputs[head.output])), milliseconds };
}

async function answer(question: ToChild): Promise<LoadReport | RunReport> {
  try {
    return question.kind === 'load' ? await load(question) : await run(question);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (saysNoMemory(message)) return { kind: 'memory' };
    const reason = plainReason(message);
    return error instanceof JuaraError && error.code === 'INVALID_INPUT' ? { kind: 'unfit', reason } : { kind: 'refused', reason };
  }
}

endWithParent(Number(process.argv[2]));
process.on('message', async (question: ToChild) => {
  process.send?.(await answer(question));
});
