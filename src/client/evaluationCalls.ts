import { backoffDelay, DEFAULT_BACKOFF, wait } from './backoff.js';
import type { Connection } from './connection.js';
import { JuaraClientError } from './JuaraClientError.js';
import { METRIC_FIELDS, type Metric } from './metric.js';
import { operation } from './operation.js';
import { terminalError } from './watchErrors.js';

/** counts[i][j]: samples of true class i predicted as class j. */
export interface ConfusionMatrix {
  readonly task: string;
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The measurement of one version on one benchmark. */
export interface Evaluation {
  readonly id: string;
  readonly version: { readonly modelId: string; readonly version: string };
  readonly benchmark: { readonly name: string };
  readonly status: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** Share of samples done, 0 to 1. */
  readonly progress: number;
  readonly error: string | null;
  readonly notes: readonly string[];
  readonly metrics: readonly Metric[];
  readonly confusion: readonly ConfusionMatrix[];
  /** SHA-256 of the NPZ file with every sample's label and probabilities: `download` it. */
  readonly predictions: string | null;
  readonly queuedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface EvaluateInput {
  readonly model: string;
  readonly version: string;
  readonly benchmark: string;
}

const EVALUATION_FIELDS = `id version { modelId version } benchmark { name } status progress error notes metrics { ${METRIC_FIELDS} }
  confusion { task classes counts } predictions queuedAt startedAt finishedAt`;

const EVALUATION = operation<{ evaluation: Evaluation | null }, { id: string }>(
  `query Evaluation($id: ID!) { evaluation(id: $id) { ${EVALUATION_FIELDS} } }`,
);
const EVALUATE = operation<{ evaluate: Evaluation }, { input: EvaluateInput }>(
  `mutation Evaluate($input: EvaluateInput!) { evaluate(input: $input) { ${EVALUATION_FIELDS} } }`,
);
const CANCEL = operation<{ cancelEvaluation: Evaluation }, { id: string }>(
  `mutation CancelEvaluation($id: ID!) { cancelEvaluation(id: $id) { ${EVALUATION_FIELDS} } }`,
);
const PROGRESS = operation<{ evaluationProgress: Evaluation }, { id: string }>(
  `subscription Progress($id: ID!) { evaluationProgress(id: $id) { ${EVALUATION_FIELDS} } }`,
);

export interface FollowOptions {
  readonly onProgress?: (evaluation: Evaluation) => void;
  /** Ends the waiting, not the evaluation. */
  readonly signal?: AbortSignal;
}

export interface EvaluationCalls {
  /** Null where there is none of this id. */
  getEvaluation(id: string): Promise<Evaluation | null>;
  /** Queues the measurement; `followEvaluation` waits for it. */
  evaluate(input: EvaluateInput): Promise<Evaluation>;
  cancelEvaluation(id: string): Promise<Evaluation>;
  /** Waits until it has ended, over lost connections and restarts of the server; resolves whichever way it ended. */
  followEvaluation(id: string, options?: FollowOptions): Promise<Evaluation>;
}

export function evaluationCalls(connection: Connection): EvaluationCalls {
  const { query } = connection;
  return {
    getEvaluation: async (id) => (await query(EVALUATION, { id })).evaluation,
    evaluate: async (input) => (await query(EVALUATE, { input })).evaluate,
    cancelEvaluation: async (id) => (await query(CANCEL, { id })).cancelEvaluation,
    followEvaluation: (id, options = {}) => follow(connection, id, options),
  };
}

async function follow(connection: Connection, id: string, { onProgress = () => {}, signal }: FollowOptions): Promise<Evaluation> {
  const { eventSocket } = await import('./eventSocket.js');
  const stop = new AbortController();
  const quiet = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
  const pause = (attempt: number): Promise<void> => wait(backoffDelay(attempt, DEFAULT_BACKOFF), quiet);
  const socket = eventSocket(connection, { beforeRetry: pause, keepAliveMs: 15_000 });
  const dispose = (): void => void socket.dispose();
  quiet.addEventListener('abort', dispose);
  try {
    for (let attempt = 0; !quiet.aborted; attempt++) {
      const last = await followOnce(socket, id, onProgress);
      if (last !== null && ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(last.status)) return last;
      await pause(attempt);
    }
    throw new JuaraClientError('CANCELLED', `stopped waiting for evaluation ${id}, which goes on`);
  } finally {
    stop.abort();
  }
}

type Socket = ReturnType<typeof import('./eventSocket.js').eventSocket>;

/** The last that was heard of it; throws what trying again can't mend. */
async function followOnce(socket: Socket, id: string, onProgress: (evaluation: Evaluation) => void): Promise<Evaluation | null> {
  let last: Evaluation | null = null;
  try {
    for await (const { data, errors } of socket.iterate<{ evaluationProgress: Evaluation }>({ query: PROGRESS, variables: { id } })) {
      if (errors !== undefined) throw errors;
      last = data?.evaluationProgress ?? last;
      if (last !== null) onProgress(last);
    }
  } catch (failure) {
    const terminal = terminalError(failure);
    if (terminal !== null) throw terminal;
  }
  return last;
}
