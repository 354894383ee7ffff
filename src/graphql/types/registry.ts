import { Field, Int } from 'type-graphql';
import type { Checkpoint } from '../../domain/checkpoint.js';
import type { Millis } from '../../domain/records.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { SimpleObject } from '../simpleObject.js';
import { CheckpointType } from './checkpoint.js';

@SimpleObject('RegistrySummary', "The registry in a few numbers, over the models that the asker's token is for.")
export class RegistrySummaryType {
  @Field(() => Int, { description: 'Number of models.' })
  models!: number;

  @Field(() => Int, { description: 'Number of versions, whatever their role.' })
  versions!: number;

  @Field(() => Int, { description: 'Number of archived versions.' })
  archiveCount!: number;

  @Field(() => Int, { description: 'Training events that are validated and not yet used.' })
  validatedEventsCount!: number;

  @Field(() => Int, { description: 'Promotion decisions taken (dry runs aside), and those that an imported registry had counted.' })
  totalRuns!: number;

  @Field(() => Int, { description: 'Those that changed a champion.' })
  successfulUpdates!: number;

  @Field(() => Int, { description: 'Those that did not.' })
  failedUpdates!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the latest was taken; null: never.' })
  lastRun!: Millis | null;

  @Field(() => CheckpointType, { description: 'The log as it stands now.' })
  checkpoint!: Checkpoint;
}

@SimpleObject('ImportReport', 'What an import did. Importing the same document again leaves everything unchanged.')
export class ImportReportType {
  @Field(() => Int, { description: 'Models that were created.' })
  modelsCreated!: number;

  @Field(() => Int, { description: 'Versions that were created.' })
  versionsCreated!: number;

  @Field(() => Int, { description: 'Training events that were created.' })
  trainingEventsCreated!: number;

  @Field(() => Int, { description: 'Things in the document that were here already.' })
  unchanged!: number;

  @Field(() => [String], { description: 'What was left out and why, e.g. a weights file that is missing; empty where nothing was.' })
  warnings!: string[];
}
