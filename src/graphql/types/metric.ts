import { Field } from 'type-graphql';
import type { Interval, Metric, MetricDirection, MetricProvenance, MetricUnit } from '../../domain/metric.js';
import { enumType } from '../enumType.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';

export const MetricUnitEnum = enumType<MetricUnit>('MetricUnit', 'The unit of a metric and of its differences.', {
  PERCENT: '0 to 100.',
  FRACTION: '0 to 1.',
  MILLISECONDS: 'Thousandths of a second.',
  BYTES: 'Bytes.',
  COUNT: 'A whole number of things.',
  NONE: 'A bare number, such as a loss, or a coefficient from -1 to 1.',
});

export const MetricDirectionEnum = enumType<MetricDirection>('MetricDirection', 'Which way a metric is better.', {
  HIGHER_IS_BETTER: 'More is better, e.g. accuracy.',
  LOWER_IS_BETTER: 'Less is better, e.g. false positive rate.',
});

export const MetricProvenanceEnum = enumType<MetricProvenance>('MetricProvenance', 'Where a number comes from.', {
  REPORTED: 'Sent by the client; nobody here has measured it.',
  MEASURED: 'Computed here, on a benchmark.',
});

@SimpleObject('Interval', 'A confidence interval.')
export class IntervalType implements Interval {
  @Field(() => FloatScalar, { description: "Lower end, in the metric's unit." })
  low!: number;

  @Field(() => FloatScalar, { description: "Upper end, in the metric's unit." })
  high!: number;

  @Field(() => FloatScalar, { description: 'Confidence level, 0 to 1, e.g. 0.95.' })
  level!: number;

  @Field(() => String, { description: 'How it was computed, e.g. wilson or bootstrap.' })
  method!: string;
}

@SimpleObject('Metric', 'One number that says how good a version is.')
export class MetricType implements Omit<Metric, 'benchmark'> {
  @Field(() => String, { description: '<task>_<measure> or <task>_<measure>_<class>, e.g. magnitude_recall_Large.' })
  name!: string;

  @Field(() => FloatScalar, { description: 'The number, finite, in `unit`.' })
  value!: number;

  @Field(() => MetricUnitEnum, { description: 'Unit of the value.' })
  unit!: MetricUnit;

  @Field(() => MetricDirectionEnum, { description: 'Which way is better.' })
  direction!: MetricDirection;

  @Field(() => MetricProvenanceEnum, { description: 'Whether the number was reported or measured.' })
  provenance!: MetricProvenance;

  @Field(() => IntervalType, { nullable: true, description: 'Its confidence interval; null for reported metrics, which carry none.' })
  interval!: Interval | null;
}
