import { Field, InputType } from 'type-graphql';
import { SemVerScalar } from '../scalars/semVer.js';

const KEY = { nullable: true, description: 'The same key with the same input returns the first result; with another input it is refused.' };
const EXPECTED = { nullable: true, description: 'Refused with CONFLICT if another version is champion by now; null or left out: any.' };

@InputType('PromoteInput', { description: 'A wish to make a challenger champion; the policy decides.' })
export class PromoteInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, { description: 'The challenger.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'Why; kept for ever. Null or left out: nobody says.' })
  reason?: string | null;

  @Field(() => SemVerScalar, EXPECTED)
  expectedChampion?: string | null;

  @Field(() => String, KEY)
  idempotencyKey?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Promote although the policy refuses. OPERATOR or ADMIN; the reason is kept. Null or left out: the policy decides.',
  })
  overrideReason?: string | null;
}

@InputType('RollbackInput', { description: 'Makes a former champion champion again, whatever the policy says.' })
export class RollbackInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, {
    nullable: true,
    description: 'The champion before this one where it is left out; twice in a row goes back two. Must have been champion before.',
  })
  version?: string | null;

  @Field(() => String, { description: 'Why; not blank, kept for ever.' })
  reason!: string;

  @Field(() => SemVerScalar, EXPECTED)
  expectedChampion?: string | null;

  @Field(() => String, KEY)
  idempotencyKey?: string | null;
}
