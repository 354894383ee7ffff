import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { checkFirst } from '../../domain/page.js';
import { FirstArg, FromCursorArg } from '../args.js';
import type { CallerContext } from '../context.js';
import { EventFilterInput } from '../inputs/filter.js';
import { Requires } from '../requires.js';
import { EventConnectionType } from '../types/eventConnection.js';
import { eventFilter } from './eventFilter.js';

@Resolver()
export class EventsResolver {
  @Query(() => EventConnectionType, { description: 'The log, in order of seq.' })
  @Requires('VIEWER', 'filtered')
  async events(
    @Ctx() { deps, actor, feed }: CallerContext,
    @Arg('filter', () => EventFilterInput, { nullable: true, description: 'Which events; null or left out: all.' })
    filter: EventFilterInput | null,
    @FromCursorArg('from the first') after: string | null,
    @FirstArg(50) first: number | null,
  ): Promise<EventConnectionType> {
    const wanted = eventFilter(actor, filter?.model, filter?.types);
    const position = await feed.position(after ?? '');
    const { events, scannedTo, hasMore } = await deps.store.reads.events(wanted, position, checkFirst(first ?? 50));
    return { nodes: events, endCursor: await feed.cursorAt(scannedTo), hasNextPage: hasMore };
  }
}
