import { Field, Int } from 'type-graphql';
import type { Better, Comparison, MetricDifference, PairedTest, Verdict } from '../../domain/comparison.js';
import type { CompositeDifference } from '../../domain/composite.js';
import type { Interval, Metric } from '../../domain/metric.js';
import type { PairedTestMethod } from '../../domain/policy.js';
import { enumType } from '../enumType.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';
import { IntervalType, MetricType } from './metric.js';
import { PairedTestMethodEnum } from './policy.js';

export const BetterEnum = enumType<Better>('Better', "Which side of a metric is better, by the metric's own direction.", {
  BASE: 'The base.',
  CANDIDATE: 'The candidate.',
  EQUAL: 'Both are the same.',
  UNKNOWN: 'A side lacks the metric.',
});

export const VerdictEnum = enumType<Verdict>('Verdict', 'What a comparison comes to.', {
  CANDIDATE_BETTER: 'The candidate is better by what the policy asks for.',
  BASE_BETTER: 'The base is better by as much.',
  INDISTINGUISHABLE: 'Neither is better by what the policy asks for.',
  INSUFFICIENT_EVIDENCE: 'What is needed to tell is missing.',
});

export const CompositeSourceEnum = enumType<CompositeDifference['source']>('CompositeSource', 'Where composite scores come from.', {
  WEIGHTED: "Computed here from the policy's weights.",
  REPORTED: "Both sides' own composite_score, because weighted metrics are missing.",
});

@SimpleObject('MetricDifference', "difference = candidate - base, in the metric's unit; null where a side lacks the metric.")
export class MetricDifferenceType implements MetricDifference {
  @Field(() => String, { description: 'Name of the metric.' })
  name!: string;

  @Field(() => MetricType, { nullable: true, description: "The base's; null: it lacks the metric." })
  base!: Metric | null;

  @Field(() => MetricType, { nullable: true, description: "The candidate's; null: it lacks the metric." })
  candidate!: Metric | null;

  @Field(() => FloatScalar, { nullable: true, description: "candidate - base, in the metric's unit; null where a side lacks it." })
  difference!: number | null;

  @Field(() => BetterEnum, { description: 'Which side is better.' })
  better!: Better;

  @Field(() => IntervalType, { nullable: true, description: 'Confidence interval of the difference; null for reported metrics.' })
  interval!: Interval | null;
}

@SimpleObject('CompositeDifference', 'The composite scores of both sides, each 0 (worst) to 1 (best).')
export class CompositeDifferenceType implements CompositeDifference {
  @Field(() => FloatScalar, { description: "The base's score, 0 to 1." })
  base!: number;

  @Field(() => FloatScalar, { description: "The candidate's score, 0 to 1." })
  candidate!: number;

  @Field(() => FloatScalar, { description: 'candidate - base, -1 to 1.' })
  difference!: number;

  @Field(() => IntervalType, { nullable: true, description: 'Confidence interval of the difference; null for reported metrics.' })
  interval!: Interval | null;

  @Field(() => FloatScalar, { description: 'Share of the weights whose metric both sides carry, 0 to 1.' })
  coverage!: number;

  @Field(() => [String], { description: 'Weighted metrics that a side lacks; empty where none does.' })
  missing!: string[];

  @Field(() => CompositeSourceEnum, { description: 'Whether the scores were computed here or reported.' })
  source!: CompositeDifference['source'];
}

@SimpleObject('PairedTest', 'A paired test on the samples that both versions predicted.')
export class PairedTestType implements PairedTest {
  @Field(() => String, { description: 'The task that was tested.' })
  task!: string;

  @Field(() => PairedTestMethodEnum, { description: 'Which test it is.' })
  method!: PairedTestMethod;

  @Field(() => Int, { description: 'Samples that both got right.' })
  bothRight!: number;

  @Field(() => Int, { description: 'Samples that only the base got right.' })
  onlyBaseRight!: number;

  @Field(() => Int, { description: 'Samples that only the candidate got right.' })
  onlyCandidateRight!: number;

  @Field(() => Int, { description: 'Samples that both got wrong.' })
  bothWrong!: number;

  @Field(() => FloatScalar, { description: 'Two-sided p-value, 0 to 1.' })
  pValue!: number;

  @Field(() => Boolean, { description: "True where p is below the policy's level." })
  significant!: boolean;
}

@SimpleObject('Comparison', 'Two versions of a model side by side, weighed by its policy.')
export class ComparisonType implements Omit<Comparison, 'base' | 'candidate' | 'benchmark'> {
  @Field(() => [MetricDifferenceType], { description: 'Every metric that either side carries, by name.' })
  metrics!: MetricDifferenceType[];

  @Field(() => CompositeDifferenceType, {
    nullable: true,
    description: 'Null where a weighted metric is missing on either side and the policy asks for all of them, or none is shared.',
  })
  composite!: CompositeDifference | null;

  @Field(() => [PairedTestType], { description: 'Paired tests; empty where nothing was measured on a benchmark.' })
  tests!: PairedTestType[];

  @Field(() => VerdictEnum, { description: 'What it comes to.' })
  verdict!: Verdict;

  @Field(() => String, { description: 'The same in a sentence.' })
  summary!: string;

  @Field(() => FloatScalar, {
    nullable: true,
    description: 'Significance level of the tests, after the correction for reuse; null where nothing was tested.',
  })
  level!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Other challengers that had been tried against the base on the benchmark; null where nothing was tested.',
  })
  tried!: number | null;
}
