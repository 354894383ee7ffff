import { Field } from 'type-graphql';
import type { ModelFile } from '../../domain/records.js';
import { FloatScalar } from '../scalars/float.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { SimpleObject } from '../simpleObject.js';

@SimpleObject('ModelFile', 'A file of a version. Its bytes never change and are never deleted.')
export class ModelFileType implements ModelFile {
  @Field(() => String, { description: "Name in the version's folder, e.g. best_model.onnx." })
  name!: string;

  @Field(() => Sha256Scalar, { description: 'Digest of the bytes, checked at upload and whenever the registry verifies itself.' })
  sha256!: string;

  @Field(() => FloatScalar, { description: 'Size in bytes, a whole number.' })
  bytes!: number;

  @Field(() => String, { description: 'Media type, guessed from the name, e.g. application/octet-stream.' })
  mediaType!: string;
}
