import { Field, InputType } from 'type-graphql';
import type { BenchmarkFormat } from '../../domain/benchmark.js';
import { SemVerScalar } from '../scalars/semVer.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { BenchmarkFormatEnum } from '../types/benchmark.js';
import { TaskInput } from './model.js';

@InputType('LabelColumnInput', { description: 'The column that holds the true class of a task.' })
export class LabelColumnInput {
  @Field(() => String, { description: 'Name of the task.' })
  task!: string;

  @Field(() => String, { description: 'Name of the column.' })
  column!: string;
}

@InputType('CsvLayoutInput', {
  description: 'CSV: one float32 input tensor [samples, features] from these columns, and one label column per task.',
})
export class CsvLayoutInput {
  @Field(() => String, { description: 'Name of the input tensor.' })
  input!: string;

  @Field(() => [String], { description: 'Names of the feature columns, in the order of the tensor.' })
  features!: string[];

  @Field(() => [LabelColumnInput], { description: 'One label column for each task.' })
  labels!: LabelColumnInput[];
}

@InputType('RegisterBenchmarkInput', { description: 'A new benchmark.' })
export class RegisterBenchmarkInput {
  @Field(() => String, { description: 'Unique name, by the rules of model names.' })
  name!: string;

  @Field(() => Sha256Scalar, { description: 'Digest of its file, which must have been uploaded first.' })
  file!: string;

  @Field(() => BenchmarkFormatEnum, { description: 'Format of the file.' })
  format!: BenchmarkFormat;

  @Field(() => [TaskInput], { description: 'The tasks that its samples are labelled for.' })
  tasks!: TaskInput[];

  @Field(() => CsvLayoutInput, { nullable: true, description: 'Which column is what; for CSV only, and needed there.' })
  csv?: CsvLayoutInput | null;
}

@InputType('EvaluateInput', { description: 'A measurement to be made.' })
export class EvaluateInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, { description: 'The version to measure.' })
  version!: string;

  @Field(() => String, { description: 'Name of the benchmark.' })
  benchmark!: string;
}
