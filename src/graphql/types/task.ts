import { Field } from 'type-graphql';
import type { Bin, Task } from '../../domain/task.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';

@SimpleObject('Bin', 'min <= value < max; null is unbounded. A class may have several bins (N: 337.5 to 360 and 0 to 22.5).')
export class BinType implements Bin {
  @Field(() => String, { description: 'The class that values of this bin get.' })
  class!: string;

  @Field(() => FloatScalar, { nullable: true, description: "Lower bound, inclusive, in the task's own unit; null: unbounded." })
  min!: number | null;

  @Field(() => FloatScalar, { nullable: true, description: "Upper bound, exclusive, in the task's own unit; null: unbounded." })
  max!: number | null;
}

@SimpleObject('Task', 'One thing the model predicts, e.g. magnitude or azimuth.')
export class TaskType implements Task {
  @Field(() => String, { description: 'Name of the task, unique in its model; the first part of the names of its metrics.' })
  name!: string;

  @Field(() => [String], {
    description: 'All classes, at least two. A model file may order its outputs differently: classes match by name.',
  })
  classes!: string[];

  @Field(() => String, {
    nullable: true,
    description: "The class that means 'nothing happened'; false positives are counted against it. Null: there is none.",
  })
  negativeClass!: string | null;

  @Field(() => [String], { description: 'Classes whose recall must not be harmed; may be empty.' })
  criticalClasses!: string[];

  @Field(() => [BinType], { description: 'How a number becomes a class; empty where labels are given as classes.' })
  bins!: BinType[];
}
