import type { Tensor } from 'onnxruntime-node';
import type { TensorData } from '../../domain/prediction.js';
import type { Batch } from '../benchmark/benchmarkReader.js';
import { modelTensor } from '../model/modelTensor.js';
import type { InputPlan } from './planInputs.js';

/** The batch as the model is fed it; a short one is filled up with zeros where the model takes one size only. */
export function batchTensors(batch: Batch, { names, fixedBatch }: InputPlan): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const name of names) {
    const input = batch.inputs.get(name);
    if (input === undefined) throw new Error(`the batch has no input ${name}`);
    const samples = fixedBatch ?? batch.count;
    const shape = [samples, ...input.shape.slice(1)];
    const data = samples === batch.count ? input.data : filledUp(input.data, (input.data.length / batch.count) * samples);
    tensors[name] = modelTensor({ name, shape, data, dtype: input.dtype }, input.dtype);
  }
  return tensors;
}

function filledUp(data: TensorData, length: number): TensorData {
  if (data instanceof BigInt64Array) {
    const longs = new BigInt64Array(length);
    longs.set(data);
    return longs;
  }
  const values = new (data.constructor as new (length: number) => Exclude<TensorData, BigInt64Array>)(length);
  values.set(data);
  return values;
}
