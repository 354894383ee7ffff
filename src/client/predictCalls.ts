import type { Connection } from './connection.js';
import { operation } from './operation.js';

export interface PredictInput {
  readonly model: string;
  /** The champion where it is left out. */
  readonly version?: string;
  /** One for each input of the model, row-major; or a benchmark's sample. */
  readonly tensors?: readonly { readonly name: string; readonly shape: readonly number[]; readonly data: readonly number[] }[];
  readonly sample?: { readonly benchmark: string; readonly index: number };
}

export interface TaskPrediction {
  readonly task: string;
  readonly class: string;
  readonly probability: number;
  /** The likeliest first. */
  readonly probabilities: readonly { readonly class: string; readonly probability: number }[];
}

export interface Prediction {
  /** The version that answered. */
  readonly version: { readonly modelId: string; readonly version: string };
  readonly tasks: readonly TaskPrediction[];
  /** Time that the model took, without waiting. */
  readonly milliseconds: number;
}

const PREDICT = operation<{ predict: Prediction }, { input: PredictInput }>(
  `query Predict($input: PredictInput!) { predict(input: $input) {
    version { modelId version } tasks { task class probability probabilities { class probability } } milliseconds
  } }`,
);

export interface PredictCalls {
  predict(input: PredictInput): Promise<Prediction>;
}

export function predictCalls({ query }: Connection): PredictCalls {
  return { predict: async (input) => (await query(PREDICT, { input })).predict };
}
