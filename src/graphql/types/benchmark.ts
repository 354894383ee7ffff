import { Field, Int } from 'type-graphql';
import type { BenchmarkFormat } from '../../domain/benchmark.js';
import type { Millis } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { SimpleObject } from '../simpleObject.js';
import { TaskType } from './task.js';

export const BenchmarkFormatEnum = enumType<BenchmarkFormat>('BenchmarkFormat', "Format of a benchmark's file.", {
  NPZ: 'NumPy archive: one array per input tensor, one per task.',
  CSV: 'Comma-separated values (RFC 4180) with a header line.',
});

@SimpleObject('BenchmarkInput', 'An input tensor of a benchmark.')
export class BenchmarkInputType {
  @Field(() => String, { description: "Its name, that of the model's input." })
  name!: string;

  @Field(() => String, { description: 'Element type by its ONNX name, e.g. float32.' })
  dtype!: string;

  @Field(() => [Int], { description: 'Shape of one sample, without the dimension of the samples.' })
  sampleShape!: number[];
}

@SimpleObject('Benchmark', 'A fixed, hashed test set. Never changes; a changed one is a new benchmark.')
export class BenchmarkType {
  @Field(() => String, { description: 'Unique name.' })
  name!: string;

  @Field(() => Sha256Scalar, { description: 'Digest of its file.' })
  sha256!: string;

  @Field(() => BenchmarkFormatEnum, { description: 'Format of its file.' })
  format!: BenchmarkFormat;

  @Field(() => Int, { description: 'Number of samples.' })
  samples!: number;

  @Field(() => [BenchmarkInputType], { description: 'The input tensors that a model is fed.' })
  inputs!: BenchmarkInputType[];

  @Field(() => [TaskType], { description: 'The tasks that its samples are labelled for.' })
  tasks!: TaskType[];

  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  createdAt!: Millis;

  @Field(() => Int, { description: 'How many different versions have been measured on it.' })
  uses!: number;
}
