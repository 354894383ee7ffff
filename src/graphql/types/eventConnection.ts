import { Field } from 'type-graphql';
import type { StoredEvent } from '../../domain/event.js';
import { CursorScalar } from '../scalars/cursor.js';
import { SimpleObject } from '../simpleObject.js';
import { RegistryEventType } from './event.js';

@SimpleObject('EventConnection', 'A page of events. endCursor: where to go on, also when the page is empty.')
export class EventConnectionType {
  @Field(() => [RegistryEventType], { description: 'The events, in order of seq.' })
  nodes!: StoredEvent[];

  @Field(() => CursorScalar, { description: 'Stands after every event that was looked at, matching or not: the next `after`.' })
  endCursor!: string;

  @Field(() => Boolean, { description: 'True where more matching events may follow at once.' })
  hasNextPage!: boolean;
}
