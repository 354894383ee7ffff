import type { TensorData } from '../../domain/prediction.js';

/** A tensor that fits the model in all but the type of its elements. */
export interface Feed {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
  /** ONNX name of the element type of `data`. */
  readonly dtype: string;
}
