import { Field, ID, Int } from 'type-graphql';
import type { EventType } from '../../domain/event.js';
import type { Millis } from '../../domain/records.js';
import type { DeliveryStatus, Webhook, WebhookDelivery } from '../../domain/webhook.js';
import type { PageInfo, UncountedConnection } from '../connection.js';
import { enumType } from '../enumType.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { FloatScalar } from '../scalars/float.js';
import { SimpleObject } from '../simpleObject.js';
import { EventTypeEnum } from './eventType.js';
import { PageInfoType } from './pageInfo.js';

export const DeliveryStatusEnum = enumType<DeliveryStatus>('WebhookDeliveryStatus', 'What became of an event on its way to a webhook.', {
  PENDING: 'It has failed so far, and is tried again.',
  DELIVERED: 'The receiver answered with 2xx.',
  FAILED: 'The webhook was deactivated over it; once it is active again, it is tried again.',
});

@SimpleObject('Webhook', 'A receiver outside that the log is delivered to, in order, each event at least once.')
export class WebhookType implements Webhook {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'Where events are sent to.' })
  url!: string;

  @Field(() => [EventTypeEnum], { nullable: true, description: 'Only these events; null: all.' })
  types!: EventType[] | null;

  @Field(() => String, { nullable: true, description: 'Only events of this model; null: of any, and of none.' })
  model!: string | null;

  @Field(() => Boolean, { description: 'Whether events are sent to it.' })
  active!: boolean;

  @Field(() => FloatScalar, { description: 'Its place in the log: the seq that it has been brought to, each event before it included.' })
  seq!: number;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'First failure since the last success; null: it is not failing.' })
  failingSince!: Millis | null;

  @Field(() => String, { nullable: true, description: 'Why it is not active; null while it is.' })
  disabledReason!: string | null;
}

@SimpleObject('WebhookWithSecret', 'The secret is shown once.')
export class WebhookWithSecretType {
  @Field(() => WebhookType, { description: 'The webhook.' })
  webhook!: Webhook;

  @Field(() => String, { description: 'What deliveries are signed with (Standard Webhooks): whsec_ and base64.' })
  secret!: string;
}

@SimpleObject('WebhookDelivery', "One event's way to one webhook, all attempts together.")
export class WebhookDeliveryType implements Omit<WebhookDelivery, 'webhook'> {
  @Field(() => FloatScalar, { description: 'The event.' })
  seq!: number;

  @Field(() => DeliveryStatusEnum, { description: 'What became of it.' })
  status!: DeliveryStatus;

  @Field(() => Int, { description: 'How often it was sent, replays included.' })
  attempts!: number;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the last answer; null: there was none.' })
  responseStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'What went wrong at the last attempt; null: nothing.' })
  error!: string | null;

  @Field(() => DateTimeScalar, { description: 'The first attempt.' })
  firstAttemptAt!: Millis;

  @Field(() => DateTimeScalar, { description: 'The last attempt.' })
  lastAttemptAt!: Millis;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The next attempt at the latest; null: none is planned.' })
  nextAttemptAt!: Millis | null;
}

@SimpleObject('WebhookDeliveryConnection', 'A page of deliveries.')
export class WebhookDeliveryConnectionType implements Omit<UncountedConnection<WebhookDelivery>, 'edges'> {
  @Field(() => [WebhookDeliveryType], { description: 'The deliveries of the page, in order.' })
  nodes!: WebhookDelivery[];

  @Field(() => PageInfoType, { description: 'Where the page stands in the list.' })
  pageInfo!: () => PageInfo;
}
