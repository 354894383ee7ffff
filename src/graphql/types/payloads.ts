import { Field } from 'type-graphql';
import type { Checkpoint } from '../../domain/checkpoint.js';
import type { Decision } from '../../domain/decision.js';
import type { StoredEvent } from '../../domain/event.js';
import type { Model } from '../../domain/records.js';
import { enumType } from '../enumType.js';
import { SimpleObject } from '../simpleObject.js';
import { CheckpointType } from './checkpoint.js';
import { DecisionType } from './decision.js';
import { PromotionEventType } from './event.js';
import { ModelType } from './model.js';

export type PromoteOutcome = 'PROMOTED' | 'REFUSED' | 'AWAITING_APPROVAL';

export const PromoteOutcomeEnum = enumType<PromoteOutcome>('PromoteOutcome', 'What came of a wish to promote.', {
  PROMOTED: 'The version is champion.',
  REFUSED: 'The policy said no, or evidence is missing; the champion stays.',
  AWAITING_APPROVAL: 'Nothing but an approval is missing: approvePromotion or declinePromotion answers.',
});

@SimpleObject('PromotePayload', 'A refusal is an answer, not an error: `decision` says why. `event` is null unless the champion changed.')
export class PromotePayloadType {
  @Field(() => PromoteOutcomeEnum, { description: 'What came of it.' })
  outcome!: PromoteOutcome;

  @Field(() => DecisionType, { description: 'The stored decision.' })
  decision!: Decision;

  @Field(() => PromotionEventType, { nullable: true, description: 'The event in the log; null unless the champion changed.' })
  event!: StoredEvent | null;

  @Field(() => ModelType, { description: 'The model after it.' })
  model!: Model;

  @Field(() => CheckpointType, { nullable: true, description: 'The log with the event in it, signed; null unless the champion changed.' })
  checkpoint!: Checkpoint | null;
}

@SimpleObject('RollbackPayload', 'A rollback that was made.')
export class RollbackPayloadType {
  @Field(() => PromotionEventType, { description: 'The event in the log.' })
  event!: StoredEvent;

  @Field(() => ModelType, { description: 'The model after it.' })
  model!: Model;

  @Field(() => CheckpointType, { nullable: true, description: 'The log with the event in it, signed.' })
  checkpoint!: Checkpoint | null;
}
