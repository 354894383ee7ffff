import { Field } from 'type-graphql';
import type { Version } from '../../domain/records.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';
import { VersionType } from './version.js';

@SimpleObject('ClassProbability', 'How likely a class is.')
export class ClassProbabilityType {
  @Field(() => String, { description: 'The class.' })
  class!: string;

  @Field(() => FloatScalar, { description: '0 to 1; over all classes of a task they sum to 1.' })
  probability!: number;
}

@SimpleObject('TaskPrediction', 'What a version says of one task.')
export class TaskPredictionType {
  @Field(() => String, { description: 'Name of the task.' })
  task!: string;

  @Field(() => String, { description: 'The most likely class.' })
  class!: string;

  @Field(() => FloatScalar, { description: 'Its probability, 0 to 1.' })
  probability!: number;

  @Field(() => [ClassProbabilityType], { description: 'All classes, the likeliest first.' })
  probabilities!: ClassProbabilityType[];
}

@SimpleObject('Prediction', 'What a version says of one input.')
export class PredictionType {
  @Field(() => VersionType, { description: 'The version that answered.' })
  version!: Version;

  @Field(() => [TaskPredictionType], { description: 'One prediction for each task of the model.' })
  tasks!: TaskPredictionType[];

  @Field(() => FloatScalar, { description: 'Time the model took, in milliseconds, without waiting.' })
  milliseconds!: number;
}
