import { Field, ID, Int } from 'type-graphql';
import type { Millis, Model } from '../../domain/records.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { SimpleObject } from '../simpleObject.js';
import { TaskType } from './task.js';

@SimpleObject('Model', 'A line of versions that do the same job, with one champion at every instant.')
export class ModelType implements Pick<Model, 'name' | 'description' | 'createdAt' | 'revision' | 'tasks'> {
  @Field(() => ID, { description: "The model's name." })
  id!: string;

  @Field(() => String, { description: 'Unique name, at most 100 ASCII characters; it is also the name of the champion folder.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Free text; null where nobody gave one.' })
  description!: string | null;

  @Field(() => DateTimeScalar, { description: 'When the model was created or imported here.' })
  createdAt!: Millis;

  @Field(() => Int, { description: 'Goes up by one with every change of role of any of its versions.' })
  revision!: number;

  @Field(() => [TaskType], { description: 'What the model predicts; empty for a model that is compared by plain metrics only.' })
  tasks!: TaskType[];
}
