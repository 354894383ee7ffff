import { Field, ID } from 'type-graphql';
import type { Decision, DecisionAnswer, DecisionOutcome, RuleName, RuleResult } from '../../domain/decision.js';
import type { Millis } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';

export const DecisionOutcomeEnum = enumType<DecisionOutcome>('DecisionOutcome', 'What the policy says of a candidate.', {
  PROMOTE: 'Every rule holds.',
  HOLD: 'Evidence or an approval is missing.',
  REFUSE: 'The evidence speaks against it.',
});

export const RuleNameEnum = enumType<RuleName>('RuleName', 'The rules of a policy.', {
  COMPOSITE_IMPROVES: 'The composite score gains at least minImprovement.',
  STATISTICALLY_SIGNIFICANT: 'The paired test is below the significance level, in favour of the candidate.',
  NO_HARM: 'A metric gets worse by no more than its tolerance.',
  ALL_METRICS_HOLD: 'Under a strict policy: a compared metric is at least as good.',
  EVIDENCE_MEASURED: 'The weighed metrics were measured here, where the policy asks for it.',
  EVIDENCE_COMPLETE: 'The weighted metrics are there on both sides, as far as the policy asks for it.',
  APPROVED: 'Someone has approved the promotion, where the policy asks for it.',
  ARTIFACT_VALID: "The candidate's files are there with their recorded digests. Nobody can override it.",
  SIGNED: 'A key that the policy trusts has signed the files of the candidate, where the policy asks for it. Nobody can override it.',
});

export const DecisionAnswerKindEnum = enumType<DecisionAnswer['kind']>('DecisionAnswerKind', 'How a waiting decision ended.', {
  APPROVED: 'Someone approved it.',
  DECLINED: 'Someone declined it.',
  SUPERSEDED: 'It became moot: the champion or the candidate changed meanwhile.',
});

@SimpleObject('RuleResult', 'What one rule found.')
export class RuleResultType implements RuleResult {
  @Field(() => RuleNameEnum, { description: 'Which rule.' })
  rule!: RuleName;

  @Field(() => String, { nullable: true, description: 'The metric or task it speaks of; null where it speaks of the whole.' })
  subject!: string | null;

  @Field(() => Boolean, { description: 'True where the rule holds.' })
  passed!: boolean;

  @Field(() => FloatScalar, { nullable: true, description: "What was found, in the subject's unit; null where it cannot be known." })
  measured!: number | null;

  @Field(() => FloatScalar, {
    nullable: true,
    description: 'What it was held against, in the same unit; null where the rule has no limit.',
  })
  limit!: number | null;

  @Field(() => String, { description: 'The same in a sentence.' })
  detail!: string;
}

@SimpleObject('DecisionAnswer', 'How a decision that waited for an approval was answered.')
export class DecisionAnswerType implements DecisionAnswer {
  @Field(() => DecisionAnswerKindEnum, { description: 'How it ended.' })
  kind!: DecisionAnswer['kind'];

  @Field(() => String, { description: 'Who answered.' })
  by!: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: Millis;

  @Field(() => String, { nullable: true, description: 'Why; null where nobody said.' })
  reason!: string | null;
}

type Shown = Omit<Decision, 'model' | 'candidate' | 'champion' | 'policyRevision' | 'comparison' | 'awaiting'>;

@SimpleObject('Decision', 'A stored fact: what the policy said of a candidate, with every number it rests on.')
export class DecisionType implements Shown {
  @Field(() => ID, { description: 'Its id. A preview, which is not stored, has one that leads nowhere.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'When it was taken.' })
  at!: Millis;

  @Field(() => DecisionOutcomeEnum, { description: 'What the policy said.' })
  outcome!: DecisionOutcome;

  @Field(() => String, { description: 'The same in a sentence or two.' })
  summary!: string;

  @Field(() => [RuleResultType], { description: 'What each rule found.' })
  rules!: RuleResultType[];

  @Field(() => String, { description: 'Who asked for the promotion.' })
  requestedBy!: string;

  @Field(() => String, { nullable: true, description: 'Why it was asked for; null where nobody said.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Who promoted although the policy refused; null: nobody.' })
  overriddenBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the policy was overridden; null where it was not.' })
  overrideReason!: string | null;

  @Field(() => Boolean, { description: 'True while it waits for approvePromotion or declinePromotion.' })
  awaitingApproval!: boolean;

  @Field(() => Boolean, { description: 'True where it changed the champion.' })
  applied!: boolean;

  @Field(() => DecisionAnswerType, {
    nullable: true,
    description: 'How its wait for an approval ended; null: it did not wait, or still does.',
  })
  answer!: DecisionAnswer | null;
}
