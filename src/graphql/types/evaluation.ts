import { Field, ID, Int } from 'type-graphql';
import type { Millis } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';
import { BenchmarkType } from './benchmark.js';
import { MetricType } from './metric.js';

export type EvaluationStatus = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export const EvaluationStatusEnum = enumType<EvaluationStatus>('EvaluationStatus', 'Where an evaluation stands.', {
  QUEUED: 'Waiting for a free process.',
  RUNNING: 'Samples are being predicted.',
  SUCCEEDED: 'Done; its metrics are measured evidence.',
  FAILED: 'Broken off by an error; `error` says which.',
  CANCELLED: 'Broken off by someone.',
});

@SimpleObject('ConfusionMatrix', 'counts[i][j]: samples of true class i predicted as class j.')
export class ConfusionMatrixType {
  @Field(() => String, { description: 'The task whose classes it counts.' })
  task!: string;

  @Field(() => [String], { description: 'Classes of the rows and of the columns, in the same order.' })
  classes!: string[];

  @Field(() => [[Int]], { description: 'Numbers of samples, 0 or more; as many rows and columns as classes.' })
  counts!: number[][];
}

@SimpleObject('Evaluation', 'The measurement of one version on one benchmark.')
export class EvaluationType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => BenchmarkType, { description: 'What it is measured on.' })
  benchmark!: BenchmarkType;

  @Field(() => EvaluationStatusEnum, { description: 'Where it stands.' })
  status!: EvaluationStatus;

  @Field(() => FloatScalar, { description: 'Share of samples done, 0 to 1.' })
  progress!: number;

  @Field(() => String, { nullable: true, description: 'Why it failed; null unless it did.' })
  error!: string | null;

  @Field(() => [MetricType], { description: 'What was measured; empty until it has succeeded.' })
  metrics!: MetricType[];

  @Field(() => [ConfusionMatrixType], { description: 'One matrix for each task; empty until it has succeeded.' })
  confusion!: ConfusionMatrixType[];

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  queuedAt!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first sample was predicted; null: not yet.' })
  startedAt!: Millis | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it succeeded, failed or was cancelled; null: not yet.' })
  finishedAt!: Millis | null;
}
