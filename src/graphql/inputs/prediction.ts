import { Field, InputType, Int } from 'type-graphql';
import { FloatScalar } from '../scalars/float.js';
import { SemVerScalar } from '../scalars/semVer.js';

@InputType('TensorInput', { description: 'One input tensor.' })
export class TensorInput {
  @Field(() => String, { description: 'Name of the input in the ONNX file.' })
  name!: string;

  @Field(() => [Int], { description: 'Size of each dimension.' })
  shape!: number[];

  @Field(() => [FloatScalar], { description: 'Its elements, row-major, as many as the sizes multiply to.' })
  data!: number[];
}

@InputType('SampleInput', { description: 'A sample of a benchmark.' })
export class SampleInput {
  @Field(() => String, { description: 'Name of the benchmark.' })
  benchmark!: string;

  @Field(() => Int, { description: 'Which sample, from 0.' })
  index!: number;
}

@InputType('PredictInput', { description: 'What to predict: tensors or a sample, one of the two.' })
export class PredictInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, { nullable: true, description: 'Null or left out: the champion.' })
  version?: string | null;

  @Field(() => [TensorInput], { nullable: true, description: 'One for each input of the model; null or left out where `sample` is given.' })
  tensors?: TensorInput[] | null;

  @Field(() => SampleInput, { nullable: true, description: "A benchmark's sample; null or left out where `tensors` are given." })
  sample?: SampleInput | null;
}
