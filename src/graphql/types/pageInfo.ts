import { Field } from 'type-graphql';
import type { PageInfo } from '../connection.js';
import { SimpleObject } from '../simpleObject.js';

@SimpleObject('PageInfo', "Where a page stands in its list (Relay's cursor connections, forwards only).")
export class PageInfoType implements PageInfo {
  @Field(() => Boolean, { description: 'True where more follows after endCursor.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True where the page was asked for with `after`, so that something stands before it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first node; null where the page is empty.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last node: the next `after`; null where the page is empty.' })
  endCursor!: string | null;
}
