import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { checkFirst } from '../../domain/page.js';
import { FirstArg, FromCursorArg } from '../args.js';
import type { CallerContext } from '../context.js';
import { EventFilterInput } from '../inputs/filter.js';
import { Requires } from '../requires.js';
import { CursorScalar } from '../scalars/cursor.js';
import { EventConnectionType, EventHistoryType } from '../types/eventConnection.js';
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

  @Query(() => EventHistoryType, { description: 'The log, newest first.' })
  @Requires('VIEWER', 'filtered')
  async eventHistory(
    @Ctx() { deps, actor, feed }: CallerContext,
    @Arg('filter', () => EventFilterInput, { nullable: true, description: 'Which events; null or left out: all.' })
    filter: EventFilterInput | null,
    @Arg('before', () => CursorScalar, {
      nullable: true,
      description: 'Only events before the one at this cursor; null or left out: from the end of the log.',
    })
    before: string | null,
    @FirstArg(50) first: number | null,
  ): Promise<EventHistoryType> {
    const wanted = eventFilter(actor, filter?.model, filter?.types);
    const position = before == null ? null : await feed.position(before);
    const { events, head, hasMore } = await deps.store.reads.eventHistory(wanted, position, checkFirst(first ?? 50));
    const end = await feed.cursor(head);
    const last = events.at(-1);
    return { nodes: events, head: end, endCursor: last === undefined ? end : await feed.cursor(last), hasNextPage: hasMore };
  }
}
