import { Field, ID, Int } from 'type-graphql';
import type { Json } from '../../domain/json.js';
import type { VersionStatus } from '../../domain/lifecycle.js';
import type { Metric } from '../../domain/metric.js';
import type { Millis, ModelFile, ModelSignature, Tag, TrainingData, Version } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { JsonScalar } from '../scalars/json.js';
import { SemVerScalar } from '../scalars/semVer.js';
import { SimpleObject } from '../simpleObject.js';
import { MetricType } from './metric.js';
import { ModelFileType } from './modelFile.js';
import { ModelSignatureType } from './modelSignature.js';

export const VersionStatusEnum = enumType<VersionStatus>(
  'VersionStatus',
  'The role of a version. There is no way out: nothing is deleted.',
  {
    CHALLENGER: 'A candidate waiting for its verdict.',
    CHAMPION: 'The one version of its model that operations use.',
    ARCHIVED: 'Was champion once; kept for ever, and one rollback away.',
    REJECTED: 'Lost its comparison; kept for ever, and may be nominated again.',
  },
);

@SimpleObject('Tag', 'A mark that people or pipelines put on a version.')
export class TagType implements Tag {
  @Field(() => String, { description: 'Key, unique in its version.' })
  key!: string;

  @Field(() => String, { description: 'Value; may be empty.' })
  value!: string;
}

@SimpleObject('TrainingData', 'What a version was trained on, as its pipeline reported it.')
export class TrainingDataType implements TrainingData {
  @Field(() => Int, { nullable: true, description: 'All samples; null: not reported.' })
  totalSamples!: number | null;

  @Field(() => Int, { nullable: true, description: 'Samples trained on; null: not reported.' })
  trainSamples!: number | null;

  @Field(() => Int, { nullable: true, description: 'Samples validated on; null: not reported.' })
  valSamples!: number | null;

  @Field(() => Int, { nullable: true, description: 'Samples tested on; null: not reported.' })
  testSamples!: number | null;

  @Field(() => [String], { description: 'Ids of the training events that it includes; may be empty.' })
  eventsIncluded!: string[];
}

type Shown = Omit<Version, 'model' | 'outputs' | 'signatures'>;

@SimpleObject(
  'ModelVersion',
  'One version of a model: its files, numbers and role. Its role and its tags change, signatures are added; the rest never changes.',
)
export class VersionType implements Shown {
  @Field(() => ID, { description: 'name_vVERSION, e.g. convnext_v1.0.1.' })
  id!: string;

  @Field(() => String, {
    description: 'name_vVERSION, e.g. convnext_v1.0.1; the same as `id`, under the name that registry v2.0 gives it.',
  })
  modelId!: string;

  @Field(() => SemVerScalar, { description: 'Its semantic version, unique in the model.' })
  version!: string;

  @Field(() => VersionStatusEnum, { description: 'Its present role.' })
  status!: VersionStatus;

  @Field(() => String, { nullable: true, description: 'Name of the network architecture; null: not reported.' })
  architecture!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  createdAt!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of its latest reign; null if it never was champion.' })
  deployedAt!: Millis | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last archived or rejected; null if it is neither.' })
  archivedAt!: Millis | null;

  @Field(() => String, { nullable: true, description: 'Why it holds its present status; null where nobody gave a reason.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Notes from its registration; null: none.' })
  notes!: string | null;

  @Field(() => SemVerScalar, {
    nullable: true,
    description: 'The champion it was registered against or replaced; null: there was none.',
  })
  previousVersion!: string | null;

  @Field(() => [MetricType], { description: 'All its metrics; what was not reported or measured is not there, and never 0.' })
  metrics!: Metric[];

  @Field(() => JsonScalar, { nullable: true, description: 'Hyperparameters as its pipeline reported them; null: not reported.' })
  trainingConfig!: Json;

  @Field(() => TrainingDataType, { nullable: true, description: 'What it was trained on; null: not reported.' })
  trainingData!: TrainingData | null;

  @Field(() => [ModelFileType], { description: 'Its files; empty where it was registered or imported without any.' })
  files!: ModelFile[];

  @Field(() => ModelSignatureType, {
    nullable: true,
    description: 'Inputs and outputs read from the ONNX file; null where the version has none.',
  })
  signature!: ModelSignature | null;

  @Field(() => [TagType], { description: 'Its tags; may be empty.' })
  tags!: Tag[];
}
