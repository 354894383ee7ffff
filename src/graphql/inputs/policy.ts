import { Field, InputType, Int } from 'type-graphql';
import type { PairedTestMethod } from '../../domain/policy.js';
import { FloatScalar } from '../scalars/float.js';
import { PairedTestMethodEnum } from '../types/policy.js';
import { TrustedKeyInput } from './signature.js';

@InputType('MetricWeightInput', { description: 'How much a metric counts in the composite score.' })
export class MetricWeightInput {
  @Field(() => String, { description: 'Name of the metric.' })
  metric!: string;

  @Field(() => FloatScalar, { description: 'Above 0, at most 1000000; only the ratios count.' })
  weight!: number;
}

@InputType('MetricToleranceInput', { description: 'How much worse a metric may get.' })
export class MetricToleranceInput {
  @Field(() => String, { description: 'Name of the metric.' })
  metric!: string;

  @Field(() => FloatScalar, { description: "0 or more, in the metric's unit." })
  maxHarm!: number;
}

@InputType('PolicyChangesInput', { description: 'Changes to a policy; what is left out stays as it is in the present one.' })
export class PolicyChangesInput {
  @Field(() => String, { nullable: true, description: 'Name of the benchmark that decides; null: none, left out: as it is.' })
  benchmark?: string | null;

  @Field(() => [MetricWeightInput], { nullable: true, description: 'All weights anew, at least one; null or left out: as they are.' })
  weights?: MetricWeightInput[] | null;

  @Field(() => FloatScalar, { nullable: true, description: 'Least gain of the composite score, 0 to 1; null or left out: as it is.' })
  minImprovement?: number | null;

  @Field(() => FloatScalar, { nullable: true, description: '0.000001 to 0.5; null or left out: as it is.' })
  significanceLevel?: number | null;

  @Field(() => PairedTestMethodEnum, { nullable: true, description: 'The paired test; null or left out: as it is.' })
  test?: PairedTestMethod | null;

  @Field(() => String, { nullable: true, description: "One of the model's tasks; null: none, left out: as it is." })
  testTask?: string | null;

  @Field(() => Int, { nullable: true, description: '100 to 100000 resamples; null or left out: as it is.' })
  bootstrapIterations?: number | null;

  @Field(() => [MetricToleranceInput], { nullable: true, description: 'All tolerances anew; null or left out: as they are.' })
  tolerances?: MetricToleranceInput[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Every compared metric must be at least as good; null or left out: as it is.' })
  strict?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only measured metrics count; null or left out: as it is.' })
  requireMeasured?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Every weighted metric must be there; null or left out: as it is.' })
  requireAllWeighted?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Someone has to approve; null or left out: as it is.' })
  requireApproval?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Promote what passes without anyone asking; null or left out: as it is.' })
  autoPromote?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Divide the significance level by the challengers already tried; null or left out: as it is.',
  })
  correctForReuse?: boolean | null;

  @Field(() => Int, { nullable: true, description: '0 to 1000000 validated events; null or left out: as it is.' })
  minNewTrainingEvents?: number | null;

  @Field(() => Int, { nullable: true, description: '1 to 36500 days; null or left out: as it is.' })
  maxDaysBetweenTraining?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'A trusted key must have signed the files; null or left out: as it is.' })
  requireSignature?: boolean | null;

  @Field(() => [TrustedKeyInput], { nullable: true, description: 'All trusted keys anew, at most 16; null or left out: as they are.' })
  trustedKeys?: TrustedKeyInput[] | null;
}

@InputType('SetPolicyInput', { description: 'A new revision of a policy; what is left out stays as it is in the present one.' })
export class SetPolicyInput extends PolicyChangesInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => Int, { nullable: true, description: 'Refused with CONFLICT if another revision is in force by now; null or left out: any.' })
  expectedRevision?: number | null;
}
