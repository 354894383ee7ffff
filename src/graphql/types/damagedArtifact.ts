import { Field, ID } from 'type-graphql';
import type { Millis } from '../../domain/records.js';
import type { DamagedArtifact } from '../../usecases/damagedArtifacts.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { SimpleObject } from '../simpleObject.js';

export const DamageEnum = enumType<DamagedArtifact['state']>('ArtifactDamage', 'What is wrong with an artifact.', {
  MISSING: 'Its file is gone from the store.',
  DAMAGED: 'Its bytes are not those that were uploaded, or something else stands in its place.',
});

@SimpleObject('DamagedArtifact', 'An artifact that nobody is given any more, until it is restored from a backup or uploaded again.')
export class DamagedArtifactType implements DamagedArtifact {
  @Field(() => Sha256Scalar, { description: 'Its digest, by which it is known.' })
  sha256!: string;

  @Field(() => DamageEnum, { description: 'What is wrong.' })
  state!: DamagedArtifact['state'];

  @Field(() => String, { description: 'The same in words.' })
  detail!: string;

  @Field(() => DateTimeScalar, { description: 'When this server noticed.' })
  foundAt!: Millis;

  @Field(() => [ID], { description: "Ids of versions that hold it, 100 at most; empty where it is a benchmark's, or an evaluation's." })
  versions!: string[];
}
