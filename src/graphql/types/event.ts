import { Field, InterfaceType } from 'type-graphql';
import { type EventType, isPromotion, type StoredEvent } from '../../domain/event.js';
import type { JsonObject } from '../../domain/json.js';
import type { Millis } from '../../domain/records.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { JsonScalar } from '../scalars/json.js';
import { Sha256Scalar } from '../scalars/sha256.js';
import { SimpleObject } from '../simpleObject.js';
import { EventTypeEnum } from './eventType.js';

@InterfaceType('RegistryEvent', {
  description: 'Something that happened, as it stands in the log: append-only, gapless, hash-chained.',
  resolveType: (event: StoredEvent) => (isPromotion(event) ? 'PromotionEvent' : 'GenericEvent'),
})
export abstract class RegistryEventType implements Omit<StoredEvent, 'data'> {
  @Field(() => FloatScalar, { description: '1, 2, 3, ... without a gap, in commit order.' })
  seq!: number;

  @Field(() => EventTypeEnum, { description: 'What happened.' })
  type!: EventType;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: Millis;

  @Field(() => String, { description: 'Name of the token that did it; juara for the registry itself.' })
  actor!: string;

  @Field(() => String, { nullable: true, description: "Name of the model it concerns; null where it is no model's affair." })
  model!: string | null;

  @Field(() => Sha256Scalar, { description: "SHA-256 over the previous event's hash and this event's canonical JSON (RFC 8785)." })
  hash!: string;
}

@SimpleObject('PromotionEvent', 'PROMOTED or ROLLED_BACK: the champion changed.', [RegistryEventType])
export class PromotionEventType {}

@SimpleObject('GenericEvent', 'Every other event; `data` holds its particulars.', [RegistryEventType])
export class GenericEventType {
  @Field(() => JsonScalar, { description: "The event's particulars, an object whose keys depend on the type." })
  data!: JsonObject;
}
