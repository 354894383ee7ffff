import { Field } from 'type-graphql';
import type { StoredEvent } from '../../domain/event.js';
import { CursorScalar } from '../scalars/cursor.js';
import { SimpleObject } from '../simpleObject.js';
import { RegistryEventType } from './event.js';

@SimpleObject('EventHistory', 'A page of the log from its end backwards.')
export class EventHistoryType {
  @Field(() => [RegistryEventType], { description: 'The events, newest first.' })
  nodes!: StoredEvent[];

  @Field(() => CursorScalar, { description: 'The end of the log at this moment: subscribe after it, and nothing is left out or repeated.' })
  head!: string;

  @Field(() => CursorScalar, { description: "The oldest event of the page: the next `before`. The log's end where the page is empty." })
  endCursor!: string;

  @Field(() => Boolean, { description: 'True where older matching events follow.' })
  hasNextPage!: boolean;
}

@SimpleObject('EventConnection', 'A page of events. endCursor: where to go on, also when the page is empty.')
export class EventConnectionType {
  @Field(() => [RegistryEventType], { description: 'The events, in order of seq.' })
  nodes!: StoredEvent[];

  @Field(() => CursorScalar, { description: 'Stands after every event that was looked at, matching or not: the next `after`.' })
  endCursor!: string;

  @Field(() => Boolean, { description: 'True where more matching events may follow at once.' })
  hasNextPage!: boolean;
}
