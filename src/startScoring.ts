import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.js';
import type { Deps } from './ports.js';
import { createBenchmarkScanner } from './scoring/benchmark/createBenchmarkScanner.js';
import { createInspector } from './scoring/createInspector.js';
import { createMeasurer } from './scoring/createMeasurer.js';
import { createEvaluator } from './scoring/evaluation/createEvaluator.js';
import { createPredictor } from './scoring/predict/createPredictor.js';
import { startEvaluations } from './scoring/startEvaluations.js';
import { createScoringThreads } from './scoring/threads/createScoringThreads.js';
import { carryOutEvaluation } from './usecases/carryOutEvaluation.js';
import { settleEvaluations } from './usecases/settleEvaluations.js';

type Stops = (() => Promise<void> | void)[];

/** Beside this file in the build: entries of processes and threads of their own. */
const entry = (name: string): string => fileURLToPath(new URL(`./scoring/${name}.js`, import.meta.url));

/** Everything that runs models or reads benchmarks, in capped processes and in threads. */
export function createScoring(
  { scoringMemoryMb: memoryMb, scoringTimeoutMs: timeoutMs, predictSessions: sessions }: Config,
  blobs: Deps['blobs'],
  stops: Stops,
): Pick<Deps, 'inspector' | 'scanner' | 'samples' | 'predictor' | 'measurer'> {
  const limits = { memoryMb, timeoutMs };
  const cores = availableParallelism();
  const inspector = createInspector({ ...limits, childPath: entry('inspectChild') });
  const scanner = createBenchmarkScanner({ ...limits, childPath: entry('benchmark/scanChild') });
  const predictor = createPredictor({ ...limits, childPath: entry('predict/predictChild'), sessions, threads: cores });
  const evaluator = createEvaluator({ ...limits, childPath: entry('evaluation/evaluateChild') });
  const threads = createScoringThreads(entry('threads/scoringThread'));
  for (const part of [inspector, scanner, predictor, evaluator, threads]) stops.push(() => part.close());
  const measurer = createMeasurer({ blobs, evaluator, threads, modelThreads: cores });
  return { inspector, scanner, samples: threads, predictor, measurer };
}

/** Evaluations carried out side by side: one that hangs until its time limit does not hold up the others. */
const WORKERS = 2;
const HEARTBEAT_MS = 500;
/** PostgreSQL: how long after the crash of the server that was at an evaluation another one takes it over. */
const LEASE_MS = 30_000;
/** PostgreSQL: how often to look for what another server has queued. */
const POLL_MS = 2_000;

export function carryOutEvaluations({ databaseUrl }: Config, deps: Deps, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const alone = databaseUrl.startsWith('sqlite:');
  const worker = { owner: randomUUID(), leaseMs: alone ? null : LEASE_MS, heartbeatMs: HEARTBEAT_MS };
  return startEvaluations({
    board: deps.board,
    carryOut: (signal) => carryOutEvaluation(deps, { ...worker, signal }),
    settle: () => settleEvaluations(deps, onError),
    workers: WORKERS,
    pollMs: alone ? null : POLL_MS,
    onError,
  });
}
