import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Millis, Reign, Version } from '../../domain/records.js';
import { foundModel } from '../../usecases/found.js';
import { ModelArg } from '../args.js';
import type { CallerContext } from '../context.js';
import { findVersionOrNull } from '../findVersion.js';
import { Requires } from '../requires.js';
import { DateTimeScalar } from '../scalars/dateTime.js';
import { ReignType } from '../types/reign.js';
import { VersionType } from '../types/version.js';

@Resolver()
export class ChampionsResolver {
  @Query(() => [VersionType], { description: 'The champions of all models that have one, by name of the model.' })
  @Requires('VIEWER', 'filtered')
  champions(@Ctx() { deps, actor }: CallerContext): Promise<Version[]> {
    return deps.store.reads.champions(actor.models);
  }

  @Query(() => VersionType, { nullable: true, description: "The model's champion; null before its first promotion." })
  @Requires('VIEWER', 'model')
  async champion(@Ctx() context: CallerContext, @ModelArg() model: string): Promise<Version | null> {
    const { champion } = await foundModel(context.deps.store.reads, context.actor, model);
    return findVersionOrNull(context, model, champion);
  }

  @Query(() => ReignType, { nullable: true, description: 'Who was champion at that instant; null: nobody was.' })
  @Requires('VIEWER', 'model')
  async championAt(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @Arg('at', () => DateTimeScalar, { description: 'The instant.' }) at: Millis,
  ): Promise<Reign | null> {
    await foundModel(deps.store.reads, actor, model);
    return deps.store.reads.reignAt(model, at);
  }
}
