import { parentPort } from 'node:worker_threads';
import { type CoverageJob, coverage } from './coverage.js';
import { type GateJob, gate } from './gate.js';
import { type TruthJob, truth } from './truth.js';

export type Job =
  | ({ readonly kind: 'truth' } & TruthJob)
  | ({ readonly kind: 'coverage' } & CoverageJob)
  | ({ readonly kind: 'gate' } & GateJob);

function run(job: Job): unknown {
  switch (job.kind) {
    case 'truth':
      return truth(job);
    case 'coverage':
      return coverage(job);
    case 'gate':
      return gate(job);
  }
}

parentPort?.on('message', (job: Job) => parentPort?.postMessage(run(job)));
