import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { StoredEvent } from '../../domain/event.js';
import type { Version } from '../../domain/records.js';
import { FromCursorArg, ModelArg, OptionalModelArg } from '../args.js';
import { type ChampionNow, championStream } from '../championStream.js';
import type { CallerContext } from '../context.js';
import { findVersionOrNull } from '../findVersion.js';
import { EventFilterInput } from '../inputs/filter.js';
import { Requires } from '../requires.js';
import { PromotionEventType, RegistryEventType } from '../types/event.js';
import { VersionType } from '../types/version.js';
import { eventFilter } from './eventFilter.js';

/** What type-graphql hands to `subscribe`: the arguments as graphql-js has coerced them. */
interface Request<Args> {
  readonly args: Args;
  readonly context: CallerContext;
}

interface PromotionsArgs {
  readonly model?: string | null;
  readonly after?: string | null;
}

interface EventsArgs {
  readonly filter?: EventFilterInput | null;
  readonly after?: string | null;
}

/** The methods below say what one event becomes; where events come from stands in `subscribe`. The arguments are there for the SDL. */
@Resolver()
export class SubscriptionsResolver {
  @Subscription(() => PromotionEventType, {
    subscribe: ({ args, context }: Request<PromotionsArgs>) =>
      context.feed.follow(eventFilter(context.actor, args.model, ['PROMOTED', 'ROLLED_BACK']), args.after ?? null),
    description: 'Every change of champion after `after` (without it: from now on), each once, in order, none left out.',
  })
  @Requires('VIEWER', 'filtered')
  promotions(
    @Root() event: StoredEvent,
    @OptionalModelArg() _model: string | null,
    @FromCursorArg('from now on') _after: string | null,
  ): StoredEvent {
    return event;
  }

  @Subscription(() => RegistryEventType, {
    subscribe: ({ args, context }: Request<EventsArgs>) =>
      context.feed.follow(eventFilter(context.actor, args.filter?.model, args.filter?.types), args.after ?? null),
    description: 'Every event after `after` (without it: from now on), each once, in order, none left out.',
  })
  @Requires('VIEWER', 'filtered')
  events(
    @Root() event: StoredEvent,
    @Arg('filter', () => EventFilterInput, { nullable: true, description: 'Which events; null or left out: all.' })
    _filter: EventFilterInput | null,
    @FromCursorArg('from now on') _after: string | null,
  ): StoredEvent {
    return event;
  }

  @Subscription(() => VersionType, {
    nullable: true,
    subscribe: ({ args, context }: Request<{ readonly model: string }>) => championStream(context, args.model),
    description: 'The champion now (null before the first promotion), then each new one.',
  })
  @Requires('VIEWER', 'model')
  champion(@Root() now: ChampionNow, @Ctx() context: CallerContext, @ModelArg() _model: string): Promise<Version> | null {
    return findVersionOrNull(context, now.model, now.version);
  }
}
