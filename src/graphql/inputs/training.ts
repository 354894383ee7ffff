import { Field, InputType } from 'type-graphql';
import { FloatScalar } from '../scalars/float.js';

@InputType('TrainingLabelInput', { description: 'A value is binned to its class by the task; a class may be given instead.' })
export class TrainingLabelInput {
  @Field(() => String, { description: 'Name of the task.' })
  task!: string;

  @Field(() => FloatScalar, {
    nullable: true,
    description: "The number observed, in the task's unit; null or left out where a class is given.",
  })
  value?: number | null;

  @Field(() => String, { nullable: true, description: "One of the task's classes; null or left out where a value is given." })
  class?: string | null;
}

@InputType('TrainingEventInput', { description: 'An observation for the training pool.' })
export class TrainingEventInput {
  @Field(() => String, {
    nullable: true,
    description: 'e.g. GTO_20260210; unique in its model. Null or left out: <station>_<YYYYMMDD>, with EVENT for no station.',
  })
  eventId?: string | null;

  @Field(() => String, { description: 'Date of the observation, e.g. 2026-02-10.' })
  date!: string;

  @Field(() => String, { nullable: true, description: 'Code of the observing station; null or left out: not known.' })
  station?: string | null;

  @Field(() => [TrainingLabelInput], { description: 'At most one label for each task.' })
  labels!: TrainingLabelInput[];
}
