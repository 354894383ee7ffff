import { Field, ID, Int } from 'type-graphql';
import type { Millis, TrainingEvent, TrainingEventStatus, TrainingLabel } from '../../domain/records.js';
import type { TrainingReadiness } from '../../domain/training.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';

export const TrainingEventStatusEnum = enumType<TrainingEventStatus>('TrainingEventStatus', 'Where an event of the training pool stands.', {
  PENDING: 'Added, not yet validated.',
  VALIDATED: 'Free for the next training.',
  RESERVED: "Included in a challenger's training data, which waits for its verdict.",
  CONSUMED: 'Included in a version that became champion.',
  DISCARDED: 'Not to be trained on; kept for ever.',
});

@SimpleObject('TrainingLabel', 'What an event teaches about one task.')
export class TrainingLabelType implements TrainingLabel {
  @Field(() => String, { description: 'Name of the task.' })
  task!: string;

  @Field(() => FloatScalar, {
    nullable: true,
    description: "The number that was observed, in the task's unit; null where only a class was given.",
  })
  value!: number | null;

  @Field(() => String, { description: "The class, given or found by the task's bins." })
  class!: string;
}

@SimpleObject('TrainingEvent', "An observation in a model's training pool.")
export class TrainingEventType implements Omit<TrainingEvent, 'model' | 'usedBy' | 'extra'> {
  @Field(() => ID, { description: 'Its id, unique in the registry.' })
  id!: string;

  @Field(() => String, { description: 'e.g. GTO_20260210; unique in its model.' })
  eventId!: string;

  @Field(() => TrainingEventStatusEnum, { description: 'Where it stands.' })
  status!: TrainingEventStatus;

  @Field(() => String, { description: 'Date of the observation as it was given, e.g. 2026-02-10.' })
  date!: string;

  @Field(() => String, { nullable: true, description: 'Code of the observing station; null: not given.' })
  station!: string | null;

  @Field(() => [TrainingLabelType], { description: 'One label for each task that it speaks of.' })
  labels!: TrainingLabelType[];

  @Field(() => DateTimeScalar, { description: 'When it came into the pool.' })
  addedAt!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was validated; null: not yet.' })
  validatedAt!: Millis | null;
}

@SimpleObject('TrainingReadiness', 'Whether retraining is due, and why.')
export class TrainingReadinessType implements TrainingReadiness {
  @Field(() => Boolean, { description: 'True where retraining is due.' })
  ready!: boolean;

  @Field(() => [String], { description: 'Why it is due; empty where it is not.' })
  reasons!: string[];

  @Field(() => Int, { description: 'Validated events that no version has used yet.' })
  validated!: number;

  @Field(() => Int, { description: 'Validated events at which retraining is due.' })
  required!: number;

  @Field(() => Int, { description: 'Events that wait for validation.' })
  pending!: number;

  @Field(() => FloatScalar, { nullable: true, description: 'Days since the latest registration; null: never trained.' })
  daysSinceLastTraining!: number | null;

  @Field(() => Int, { description: 'Days after which retraining is due.' })
  maxDays!: number;
}
