import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { Checkpoint } from '../../domain/checkpoint.js';
import type { CallerContext } from '../context.js';
import { CursorScalar } from '../scalars/cursor.js';
import { CheckpointType } from '../types/checkpoint.js';

@Resolver(() => CheckpointType)
export class CheckpointFields {
  @FieldResolver(() => CursorScalar, { description: 'Stands right after event `seq`: give it as `after` to go on from here.' })
  cursor(@Root() checkpoint: Checkpoint, @Ctx() { feed }: CallerContext): Promise<string> {
    return feed.cursor(checkpoint);
  }

  @FieldResolver(() => ID, { description: 'Id of the registry, of which the hash before the first event is made. `hash` vouches for it.' })
  async registry(@Ctx() { deps }: CallerContext): Promise<string> {
    return (await deps.store.reads.head()).registryId;
  }
}
