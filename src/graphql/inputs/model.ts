import { Field, InputType } from 'type-graphql';
import { FloatScalar } from '../scalars/float.js';

@InputType('BinInput', { description: 'min <= value < max belongs to the class. The bins of a task must not overlap.' })
export class BinInput {
  @Field(() => String, { description: 'One of the classes of the task.' })
  class!: string;

  @Field(() => FloatScalar, { nullable: true, description: 'Lower bound, inclusive; null or left out: unbounded.' })
  min?: number | null;

  @Field(() => FloatScalar, { nullable: true, description: 'Upper bound, exclusive, above min; null or left out: unbounded.' })
  max?: number | null;
}

@InputType('TaskInput', { description: 'One thing the model predicts.' })
export class TaskInput {
  @Field(() => String, { description: 'Unique in the model: letters, digits, dot, hyphen, underscore.' })
  name!: string;

  @Field(() => [String], { description: 'Its classes, at least two, each named once.' })
  classes!: string[];

  @Field(() => String, { nullable: true, description: "The class that means 'nothing happened'; null or left out: none." })
  negativeClass?: string | null;

  @Field(() => [String], { nullable: true, description: 'Classes whose recall must not be harmed; null or left out: none.' })
  criticalClasses?: string[] | null;

  @Field(() => [BinInput], { nullable: true, description: 'How numbers become classes; null or left out: labels are given as classes.' })
  bins?: BinInput[] | null;
}

@InputType('CreateModelInput', { description: 'A new model.' })
export class CreateModelInput {
  @Field(() => String, {
    description: 'Unique: at most 100 letters, digits, dots, hyphens, underscores; a letter or digit first, no dot last.',
  })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Free text, at most 10000 characters.' })
  description?: string | null;

  @Field(() => [TaskInput], { nullable: true, description: 'What it predicts; null or left out: it is compared by plain metrics only.' })
  tasks?: TaskInput[] | null;
}

@InputType('UpdateModelInput', { description: 'Changes to a model; what is left out stays.' })
export class UpdateModelInput {
  @Field(() => String, { description: 'The model to change; names never change.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Free text, at most 10000 characters; null removes it.' })
  description?: string | null;

  @Field(() => [TaskInput], { nullable: true, description: 'All tasks anew; null or left out: they stay.' })
  tasks?: TaskInput[] | null;
}
