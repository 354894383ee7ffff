import { Field, Int } from 'type-graphql';
import type { ModelSignature, TensorInfo } from '../../domain/records.js';
import { SimpleObject } from '../simpleObject.js';

@SimpleObject(
  'TensorInfo',
  'An input or output of an ONNX file. shape: a number is a fixed size, null a free dimension (its name in dimNames).',
)
export class TensorInfoType implements TensorInfo {
  @Field(() => String, { description: 'Name of the tensor in the file.' })
  name!: string;

  @Field(() => String, { description: 'Element type, e.g. float32 or int64.' })
  dtype!: string;

  @Field(() => [Int], { nullable: 'items', description: 'Size of each dimension; null: free.' })
  shape!: (number | null)[];

  @Field(() => [String], { nullable: 'items', description: 'Name of each free dimension; null: fixed, or without a name.' })
  dimNames!: (string | null)[];
}

@SimpleObject('ModelSignature', 'Inputs and outputs, read from the ONNX file itself.')
export class ModelSignatureType implements ModelSignature {
  @Field(() => [TensorInfoType], { description: 'Inputs, in the order of the file.' })
  inputs!: TensorInfoType[];

  @Field(() => [TensorInfoType], { description: 'Outputs, in the order of the file.' })
  outputs!: TensorInfoType[];

  @Field(() => Int, { nullable: true, description: 'Version of the ONNX operator set; null where the file names none.' })
  opset!: number | null;

  @Field(() => String, { nullable: true, description: 'Program that wrote the file; null where the file does not say.' })
  producer!: string | null;
}
