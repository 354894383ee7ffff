import { Field, Int } from 'type-graphql';
import type { MetricTolerance, MetricWeight, PairedTestMethod, Policy } from '../../domain/policy.js';
import type { Millis } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';
import { TrustedKeyType } from './trustedKey.js';

export const PairedTestMethodEnum = enumType<PairedTestMethod>('PairedTestMethod', 'A test on the same samples under both versions.', {
  MCNEMAR_EXACT: "McNemar's test by the exact binomial distribution, two-sided.",
  MCNEMAR_MIDP: 'The same with mid-p, which counts half of the observed outcome: less conservative, and its level holds on average only.',
  PAIRED_BOOTSTRAP: 'Bootstrap over samples, both versions resampled together.',
});

@SimpleObject('MetricWeight', 'How much a metric counts in the composite score.')
export class MetricWeightType implements MetricWeight {
  @Field(() => String, { description: 'Name of the metric.' })
  metric!: string;

  @Field(() => FloatScalar, { description: 'Weight, above 0; the composite divides by the sum of all weights.' })
  weight!: number;
}

@SimpleObject('MetricTolerance', 'maxHarm: the most that the metric may get worse, in its own unit, as a non-negative number.')
export class MetricToleranceType implements MetricTolerance {
  @Field(() => String, { description: 'Name of the metric.' })
  metric!: string;

  @Field(() => FloatScalar, { description: "0 or more, in the metric's unit (points where that is percent)." })
  maxHarm!: number;
}

@SimpleObject(
  'PromotionPolicy',
  'What a challenger must show to become champion. Each change is a new revision; old ones are kept for ever.',
)
export class PolicyType implements Omit<Policy, 'model' | 'benchmark'> {
  @Field(() => Int, { description: '1, 2, 3, ... in its model.' })
  revision!: number;

  @Field(() => DateTimeScalar, { description: 'When this revision was set.' })
  at!: Millis;

  @Field(() => String, { description: 'Who set this revision.' })
  actor!: string;

  @Field(() => [MetricWeightType], { description: 'The metrics of the composite score and their weights; never empty.' })
  weights!: MetricWeightType[];

  @Field(() => FloatScalar, { description: 'Least gain of the composite score (0..1).' })
  minImprovement!: number;

  @Field(() => FloatScalar, { description: 'A paired test is significant where p is below it (0.000001 to 0.5).' })
  significanceLevel!: number;

  @Field(() => PairedTestMethodEnum, { description: 'The paired test that decides.' })
  test!: PairedTestMethod;

  @Field(() => String, { nullable: true, description: 'The task that is tested; null where the model has no tasks.' })
  testTask!: string | null;

  @Field(() => Int, { description: 'Resamples of the bootstrap, 100 to 100000.' })
  bootstrapIterations!: number;

  @Field(() => [MetricToleranceType], { description: 'How much harm is tolerated; may be empty.' })
  tolerances!: MetricToleranceType[];

  @Field(() => Boolean, { description: 'Every compared metric must be at least as good.' })
  strict!: boolean;

  @Field(() => Boolean, { description: 'Reported metrics are not enough: every weighed one must be measured here.' })
  requireMeasured!: boolean;

  @Field(() => Boolean, { description: 'Every weighted metric must be there on both sides; else what is there is weighed alone.' })
  requireAllWeighted!: boolean;

  @Field(() => Boolean, { description: 'Someone has to approve each promotion.' })
  requireApproval!: boolean;

  @Field(() => Boolean, { description: 'A challenger that passes is promoted without anyone asking.' })
  autoPromote!: boolean;

  @Field(() => Boolean, {
    description: 'Divide the significance level by the challengers already tried against this champion on this benchmark.',
  })
  correctForReuse!: boolean;

  @Field(() => Int, { description: 'Retraining is due at this many validated training events.' })
  minNewTrainingEvents!: number;

  @Field(() => Int, { description: 'Retraining is due this many days after the last training.' })
  maxDaysBetweenTraining!: number;

  @Field(() => Boolean, { description: 'A challenger must be signed with a trusted key; no override stands in for it.' })
  requireSignature!: boolean;

  @Field(() => [TrustedKeyType], { description: 'Whose signatures count where one is required; may be empty.' })
  trustedKeys!: TrustedKeyType[];
}
