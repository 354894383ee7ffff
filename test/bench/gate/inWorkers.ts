import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Job } from './worker.js';

/** Runs all jobs, each in a thread, as many at a time as there are cores; results in the order of the jobs. */
export async function inWorkers<T>(jobs: readonly Job[]): Promise<T[]> {
  const results = new Array<T>(jobs.length);
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.js', import.meta.url));
    try {
      for (let at = next++; at < jobs.length; at = next++) results[at] = await ask<T>(worker, jobs[at]);
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return results;
}

function ask<T>(worker: Worker, job: Job | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: T) => {
      worker.off('error', reject);
      resolve(answer);
    });
    worker.postMessage(job);
  });
}
