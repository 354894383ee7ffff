import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { Policy } from '../../domain/policy.js';
import type { Model, Reign, Version } from '../../domain/records.js';
import type { TrainingReadiness } from '../../domain/training.js';
import { readiness } from '../../usecases/readiness.js';
import { AfterArg, FirstArg } from '../args.js';
import { type Connection, pageRequest, type UncountedConnection, uncountedConnection } from '../connection.js';
import type { CallerContext } from '../context.js';
import { findPolicy } from '../findPolicy.js';
import { findVersionOrNull } from '../findVersion.js';
import { VersionFilterInput, VersionOrderInput } from '../inputs/filter.js';
import { ReignConnectionType, VersionConnectionType } from '../types/connections.js';
import { ModelType } from '../types/model.js';
import { PolicyType } from '../types/policy.js';
import { TrainingReadinessType } from '../types/training.js';
import { VersionType } from '../types/version.js';
import { FILTER, ORDER_BY } from './versionArgs.js';
import { versionList } from './versionList.js';

@Resolver(() => ModelType)
export class ModelFields {
  @FieldResolver(() => ID)
  id(@Root() model: Model): string {
    return model.name;
  }

  @FieldResolver(() => VersionType, { nullable: true, description: 'The version that operations use; null before the first promotion.' })
  champion(@Root() model: Model, @Ctx() context: CallerContext): Promise<Version> | null {
    return findVersionOrNull(context, model.name, model.champion);
  }

  @FieldResolver(() => [VersionType], { description: 'Candidates that wait for their verdict, the highest version first; may be empty.' })
  challengers(@Root() model: Model, @Ctx() { loaders }: CallerContext): Promise<readonly Version[]> {
    return loaders.challengers.load(model.name);
  }

  @FieldResolver(() => VersionConnectionType, { description: 'All versions; without an order the highest first.' })
  versions(
    @Root() { name }: Model,
    @Ctx() context: CallerContext,
    @Arg('filter', () => VersionFilterInput, FILTER) filter: VersionFilterInput | null,
    @Arg('orderBy', () => VersionOrderInput, ORDER_BY) orderBy: VersionOrderInput | null,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<Connection<Version>> {
    return versionList(context, { model: name, filter, orderBy, first, after }, true);
  }

  @FieldResolver(() => ReignConnectionType, { description: 'Who was champion when, newest first.' })
  async reigns(
    @Root() { name }: Model,
    @Ctx() { deps }: CallerContext,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<UncountedConnection<Reign>> {
    const request = pageRequest(first, after, 20);
    return uncountedConnection(await deps.store.reads.reignPage(name, request), request);
  }

  @FieldResolver(() => PolicyType, { description: 'The policy in force.' })
  policy(@Root() model: Model, @Ctx() context: CallerContext): Promise<Policy> {
    return findPolicy(context, model.name, null);
  }

  @FieldResolver(() => TrainingReadinessType, { description: 'Whether retraining is due.' })
  trainingReadiness(@Root() { name }: Model, @Ctx() { deps, actor }: CallerContext): Promise<TrainingReadiness> {
    return readiness(deps, actor, { model: name });
  }
}
