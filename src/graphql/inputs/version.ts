import { Field, InputType, Int } from 'type-graphql';
import type { Json } from '../../domain/json.js';
import type { MetricDirection, MetricUnit } from '../../domain/metric.js';
import { FloatScalar } from '../scalars/float.js';
import { JsonScalar } from '../scalars/json.js';
import { SemVerScalar } from '../scalars/semVer.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { MetricDirectionEnum, MetricUnitEnum } from '../types/metric.js';

@InputType('OutputInput', { description: 'Which output tensor answers which task.' })
export class OutputInput {
  @Field(() => String, { description: 'Name of the task.' })
  task!: string;

  @Field(() => String, { description: 'Name of the output tensor in the ONNX file.' })
  output!: string;
}

@InputType('FileInput', { description: 'A file that was uploaded to /artifacts/<sha256>.' })
export class FileInput {
  @Field(() => String, { description: "Name in the version's folder: one plain ASCII name, at most 200 characters, not metadata.json." })
  name!: string;

  @Field(() => Sha256Scalar, { description: 'Digest of its bytes.' })
  sha256!: string;
}

@InputType('MetricInput', { description: 'A number that the pipeline reports.' })
export class MetricInput {
  @Field(() => String, { description: '<task>_<measure> or <task>_<measure>_<class>, unique in the version.' })
  name!: string;

  @Field(() => FloatScalar, { description: 'The number, finite, in `unit`.' })
  value!: number;

  @Field(() => MetricUnitEnum, { nullable: true, description: 'Null or left out: what the name implies (accuracy: PERCENT), else NONE.' })
  unit?: MetricUnit | null;

  @Field(() => MetricDirectionEnum, {
    nullable: true,
    description: 'Null or left out: what the name implies (loss: LOWER_IS_BETTER), else HIGHER_IS_BETTER.',
  })
  direction?: MetricDirection | null;
}

@InputType('TrainingDataInput', { description: 'What a version was trained on. Counts are 0 or more; null or left out: not reported.' })
export class TrainingDataInput {
  @Field(() => Int, { nullable: true, description: 'All samples.' })
  totalSamples?: number | null;

  @Field(() => Int, { nullable: true, description: 'Samples trained on.' })
  trainSamples?: number | null;

  @Field(() => Int, { nullable: true, description: 'Samples validated on.' })
  valSamples?: number | null;

  @Field(() => Int, { nullable: true, description: 'Samples tested on.' })
  testSamples?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Ids of the training events that it includes; they are reserved for this version.',
  })
  eventsIncluded?: string[] | null;
}

@InputType('TagInput', { description: 'A mark on a version.' })
export class TagInput {
  @Field(() => String, { description: 'Key, unique in its version, at most 200 characters.' })
  key!: string;

  @Field(() => String, { description: 'Value, at most 1000 characters; may be empty.' })
  value!: string;
}

@InputType('RegisterVersionInput', { description: 'A new challenger.' })
export class RegisterVersionInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, { nullable: true, description: 'Next patch version where it is left out.' })
  version?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the network architecture.' })
  architecture?: string | null;

  @Field(() => [FileInput], { nullable: true, description: 'Each must have been uploaded first.' })
  files?: FileInput[] | null;

  @Field(() => [MetricInput], { nullable: true, description: 'What the pipeline reports. What is unknown is left out, never 0.' })
  metrics?: MetricInput[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Hyperparameters, in any shape.' })
  trainingConfig?: Json;

  @Field(() => TrainingDataInput, { nullable: true, description: 'What it was trained on.' })
  trainingData?: TrainingDataInput | null;

  @Field(() => String, { nullable: true, description: 'Free text, at most 10000 characters.' })
  notes?: string | null;

  @Field(() => [TagInput], { nullable: true, description: 'Its first tags, at most 100.' })
  tags?: TagInput[] | null;

  @Field(() => [OutputInput], {
    nullable: true,
    description: "Which output tensor answers which task; where it is left out, the one of the task's name, or the only one.",
  })
  outputs?: OutputInput[] | null;

  @Field(() => [JsonScalar], {
    nullable: true,
    description: 'DSSE envelopes over the files, each as in SignVersionInput; they name the version, so it must be given.',
  })
  signatures?: Json[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input returns the first result; with another input it is refused.',
  })
  idempotencyKey?: string | null;
}

@InputType('RejectInput', { description: 'A challenger that lost.' })
export class RejectInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, { description: 'The challenger.' })
  version!: string;

  @Field(() => String, { description: 'Why; not blank, kept for ever.' })
  reason!: string;
}

@InputType('NominateInput', { description: 'An archived or rejected version that becomes a challenger again.' })
export class NominateInput {
  @Field(() => String, { description: 'Name of the model.' })
  model!: string;

  @Field(() => SemVerScalar, { description: 'The version.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'Why; null or left out: nobody says.' })
  reason?: string | null;
}
