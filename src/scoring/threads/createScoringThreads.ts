import { Piscina } from 'piscina';
import { JuaraError } from '../../domain/errors.js';
import type { CompareQuestion, MeasureQuestion, SampleQuestion, ScoringThreads, ThreadReply } from './questions.js';

const THREADS = 2;
/** A thread that nobody has asked for so long, in milliseconds, ends: it holds 20 MB. */
const IDLE_MS = 30_000;

/**
 * Threads for what is long but safe: the resamples of a large benchmark take seconds, unpacking up to its last sample too, and the server
 * goes on. `threadPath`: the built scoringThread.js.
 */
export function createScoringThreads(threadPath: string): ScoringThreads {
  const pool = new Piscina({ filename: threadPath, minThreads: 0, maxThreads: THREADS, idleTimeout: IDLE_MS, env: {} });
  async function ask<Answer>(question: MeasureQuestion | CompareQuestion | SampleQuestion, signal?: AbortSignal): Promise<Answer> {
    const reply: ThreadReply<Answer> = await pool.run(question, signal === undefined ? {} : { signal });
    if ('answer' in reply) return reply.answer;
    throw new JuaraError(reply.fault.code, reply.fault.message);
  }
  return {
    measure: (question, signal) => ask({ kind: 'measure', ...question }, signal),
    compare: (question) => ask({ kind: 'compare', ...question }),
    sample: (source, index) => ask({ kind: 'sample', source, index }),
    close: () => pool.destroy(),
  };
}
