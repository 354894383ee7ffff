import type { ModelSource } from '../../ports.js';

/** One input tensor of one sample. */
export type PredictTensor = {
  /** Name of the model's input. */
  readonly name: string;
  /** With the batch dimension, which is 1. */
  readonly shape: readonly number[];
} & (
  | {
      /** Plain numbers, which are taken for whatever the model asks for. */
      readonly dtype: null;
      /** Row-major. */
      readonly data: readonly number[];
    }
  | {
      /** ONNX name of the element type of `data`, e.g. float32. */
      readonly dtype: string;
      readonly data: TensorData;
    }
);

/** float16 as the bits of each value. */
export type TensorData = Float32Array | Float64Array | Uint16Array | Uint8Array | Int32Array | BigInt64Array;

export interface PredictRequest {
  /** Equal keys are the same model: the version's id and the digest of its file. */
  readonly key: string;
  readonly model: ModelSource;
  readonly tensors: readonly PredictTensor[];
}

export interface TaskAnswer {
  readonly task: string;
  /** The most likely class. */
  readonly class: string;
  readonly probability: number;
  /** The likeliest first. */
  readonly probabilities: readonly { readonly class: string; readonly probability: number }[];
}

export interface Answer {
  /** In the order of the model's tasks. */
  readonly tasks: readonly TaskAnswer[];
  /** Time that the model took, without waiting. */
  readonly milliseconds: number;
}

/** Keeps models loaded in processes of their own, and asks them. */
export interface Predictor {
  /** INVALID_INPUT where the tensors do not fit the model; PREDICTION_FAILED with a plain reason where it gives no answer. */
  predict(request: PredictRequest): Promise<Answer>;
  /** Resolves once the model is loaded and answers without delay; PREDICTION_FAILED where it does not load. */
  warm(key: string, model: ModelSource): Promise<void>;
  /** Ends every process; what runs or waits is rejected. */
  close(): Promise<void>;
}
