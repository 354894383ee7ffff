import { Field, ID, Int } from 'type-graphql';
import type { Millis } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { SimpleObject } from '../simpleObject.js';
import { TaskType } from './task.js';

export type BenchmarkFormat = 'NPZ' | 'CSV';

export const BenchmarkFormatEnum = enumType<BenchmarkFormat>('BenchmarkFormat', "Format of a benchmark's file.", {
  NPZ: 'NumPy archive: one array per input tensor, one per task.',
  CSV: 'Comma-separated values (RFC 4180) with a header line.',
});

@SimpleObject('Benchmark', 'A fixed, hashed test set. Never changes; a changed one is a new benchmark.')
export class BenchmarkType {
  @Field(() => ID, { description: "The benchmark's name." })
  id!: string;

  @Field(() => String, { description: 'Unique name.' })
  name!: string;

  @Field(() => Sha256Scalar, { description: 'Digest of its file.' })
  sha256!: string;

  @Field(() => BenchmarkFormatEnum, { description: 'Format of its file.' })
  format!: BenchmarkFormat;

  @Field(() => Int, { description: 'Number of samples.' })
  samples!: number;

  @Field(() => [TaskType], { description: 'The tasks that its samples are labelled for.' })
  tasks!: TaskType[];

  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  createdAt!: Millis;

  @Field(() => Int, { description: 'How many different versions have been measured on it.' })
  uses!: number;
}
