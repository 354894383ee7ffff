import { Field, ID, InputType } from 'type-graphql';
import type { EventType } from '../../domain/event.js';
import { CursorScalar } from '../scalars/cursor.js';
import { EventTypeEnum } from '../types/eventType.js';

@InputType('CreateWebhookInput', { description: 'A new webhook.' })
export class CreateWebhookInput {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'http or https, at a public address, without credentials; WEBHOOK_URL_REFUSED otherwise.' })
  url!: string;

  @Field(() => [EventTypeEnum], { nullable: true, description: 'Only these events; null or left out: all.' })
  types?: EventType[] | null;

  @Field(() => String, { nullable: true, description: 'Only events of this model; null or left out: of any, and of none.' })
  model?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'whsec_ and the base64 of 24 to 64 random bytes; null or left out: the server makes one.',
  })
  secret?: string | null;

  @Field(() => CursorScalar, {
    nullable: true,
    description: 'Events after this cursor; "": from the first; null or left out: from now on.',
  })
  after?: string | null;
}

@InputType('UpdateWebhookInput', { description: 'Changes of a webhook; what is left out stays.' })
export class UpdateWebhookInput {
  @Field(() => ID, { description: 'Id of the webhook.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its new name; null: stays.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new URL; null: stays.' })
  url?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'False: nothing is sent any more; true: it goes on from its place; null: stays.' })
  active?: boolean | null;

  @Field(() => [EventTypeEnum], {
    nullable: true,
    description: 'Only these events, from the first on that is not delivered yet; null: all.',
  })
  types?: EventType[] | null;

  @Field(() => String, { nullable: true, description: 'Only events of this model; null: of any, and of none.' })
  model?: string | null;
}
