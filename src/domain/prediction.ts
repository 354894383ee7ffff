/** Elements of a tensor, row-major; float16 as the bits of each value. */
export type TensorData = Float32Array | Float64Array | Uint16Array | Uint8Array | Int32Array | BigInt64Array;

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

/** What a version says of one task. */
export interface TaskAnswer {
  readonly task: string;
  /** The most likely class. */
  readonly class: string;
  readonly probability: number;
  /** The likeliest first. */
  readonly probabilities: readonly { readonly class: string; readonly probability: number }[];
}

/** What a version says of one sample. */
export interface PredictionAnswer {
  /** In the order of the model's tasks. */
  readonly tasks: readonly TaskAnswer[];
  /** Time that the model took, without waiting. */
  readonly milliseconds: number;
}
