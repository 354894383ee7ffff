/** Entry of the process that measures one model on one benchmark: `node evaluateChild.js <process id of its parent>`. It is sent an EvaluationJob. */
import { JuaraError } from '../../domain/errors.js';
import { endWithParent } from '../endWithParent.js';
import { saysNoMemory } from '../noMemory.js';
import { plainReason } from '../plainReason.js';
import type { EvaluationJob, EvaluationReport } from './evaluationMessages.js';
import { runEvaluation } from './runEvaluation.js';

/** How often it says how far it is, in milliseconds. */
const INTERVAL_MS = 100;

/** Beside this file in the build. */
const THREADS = { reader: new URL('./readerThread.js', import.meta.url), recorder: new URL('./recorderThread.js', import.meta.url) };

const tell = (report: EvaluationReport): unknown => process.send?.(report);

async function evaluate(job: EvaluationJob): Promise<EvaluationReport> {
  let told = performance.now();
  const onProgress = (done: number, of: number): void => {
    if (performance.now() - told < INTERVAL_MS) return;
    told = performance.now();
    tell({ kind: 'progress', done, of });
  };
  try {
    return { kind: 'evaluated', ...(await runEvaluation(job, { threads: THREADS, onProgress })) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (saysNoMemory(message)) return { kind: 'memory' };
    return { kind: 'refused', reason: error instanceof JuaraError ? message.slice(0, 1000) : plainReason(message) };
  }
}

endWithParent(Number(process.argv[2]));
process.once('message', async (job: EvaluationJob) => {
  tell(await evaluate(job));
});
