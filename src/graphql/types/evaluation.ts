import { Field, ID, Int } from 'type-graphql';
import type { ConfusionMatrix, Evaluation, EvaluationStatus } from '../../domain/evaluation.js';
import type { Metric } from '../../domain/metric.js';
import type { Millis } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { SimpleObject } from '../simpleObject.js';
import { MetricType } from './metric.js';

export const EvaluationStatusEnum = enumType<EvaluationStatus>('EvaluationStatus', 'Where an evaluation stands.', {
  QUEUED: 'Waiting for a free process.',
  RUNNING: 'Samples are being predicted.',
  SUCCEEDED: 'Done; its metrics are measured evidence.',
  FAILED: 'Broken off by an error; `error` says which.',
  CANCELLED: 'Broken off by someone.',
});

@SimpleObject('ConfusionMatrix', 'counts[i][j]: samples of true class i predicted as class j.')
export class ConfusionMatrixType implements ConfusionMatrix {
  @Field(() => String, { description: 'The task whose classes it counts.' })
  task!: string;

  @Field(() => [String], { description: 'Classes of the rows and of the columns, in the same order.' })
  classes!: string[];

  @Field(() => [[Int]], { description: 'Numbers of samples, 0 or more; as many rows and columns as classes.' })
  counts!: number[][];
}

@SimpleObject('Evaluation', 'The measurement of one version on one benchmark.')
export class EvaluationType implements Omit<Evaluation, 'model' | 'version' | 'benchmark'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => EvaluationStatusEnum, { description: 'Where it stands.' })
  status!: EvaluationStatus;

  @Field(() => FloatScalar, { description: 'Share of samples done, 0 to 1.' })
  progress!: number;

  @Field(() => String, { nullable: true, description: 'Why it failed; null unless it did.' })
  error!: string | null;

  @Field(() => [MetricType], { description: 'What was measured; empty until it has succeeded.' })
  metrics!: Metric[];

  @Field(() => [ConfusionMatrixType], { description: 'One matrix for each task; empty until it has succeeded.' })
  confusion!: ConfusionMatrix[];

  @Field(() => [String], { description: 'What whoever reads the numbers should know, e.g. that the model lacks a class; may be empty.' })
  notes!: string[];

  @Field(() => Sha256Scalar, {
    nullable: true,
    description: "Digest of the NPZ file with each sample's label and probabilities, at /artifacts/<digest>; null until it has succeeded.",
  })
  predictions!: string | null;

  @Field(() => String, { description: 'Name of the token that asked for it.' })
  requestedBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  queuedAt!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first sample was predicted; null: not yet.' })
  startedAt!: Millis | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it succeeded, failed or was cancelled; null: not yet.' })
  finishedAt!: Millis | null;
}
