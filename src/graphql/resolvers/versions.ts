import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Version } from '../../domain/records.js';
import { versionId } from '../../domain/semver.js';
import { foundModel } from '../../usecases/found.js';
import { type MetricPoint, metricHistory } from '../../usecases/metricHistory.js';
import { nominate } from '../../usecases/nominate.js';
import { registerVersion } from '../../usecases/registerVersion.js';
import { reject } from '../../usecases/reject.js';
import { setTags } from '../../usecases/setTags.js';
import { AfterArg, FirstArg, ModelArg, VersionArg } from '../args.js';
import type { Connection } from '../connection.js';
import type { CallerContext } from '../context.js';
import { VersionFilterInput, VersionOrderInput } from '../inputs/filter.js';
import { NominateInput, RegisterVersionInput, RejectInput, TagInput } from '../inputs/version.js';
import { Requires } from '../requires.js';
import { VersionConnectionType } from '../types/connections.js';
import { MetricPointType } from '../types/metricPoint.js';
import { VersionType } from '../types/version.js';
import { FILTER, ORDER_BY } from './versionArgs.js';
import { versionList } from './versionList.js';

@Resolver()
export class VersionsResolver {
  @Query(() => VersionType, { nullable: true, description: 'The version; null where the model has no such one.' })
  @Requires('VIEWER', 'model')
  async version(
    @Ctx() { deps, actor, loaders }: CallerContext,
    @ModelArg() model: string,
    @VersionArg() version: string,
  ): Promise<Version | null> {
    const found = await loaders.versions.load(versionId(model, version));
    if (found === null) await foundModel(deps.store.reads, actor, model);
    return found;
  }

  @Query(() => VersionConnectionType, { description: "A model's versions; without an order the highest first." })
  @Requires('VIEWER', 'model')
  versions(
    @Ctx() context: CallerContext,
    @ModelArg() model: string,
    @Arg('filter', () => VersionFilterInput, FILTER) filter: VersionFilterInput | null,
    @Arg('orderBy', () => VersionOrderInput, ORDER_BY) orderBy: VersionOrderInput | null,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<Connection<Version>> {
    return versionList(context, { model, filter, orderBy, first, after }, false);
  }

  @Query(() => [MetricPointType], {
    description: "One metric over a model's versions, oldest version first; of more than `first` the newest ones.",
  })
  @Requires('VIEWER', 'model')
  metrics(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @Arg('metric', () => String, { description: 'Name of the metric; UNKNOWN_METRIC where no version carries it.' }) metric: string,
    @FirstArg(100) first: number | null,
  ): Promise<MetricPoint[]> {
    return metricHistory(deps, actor, { model, metric, first: first ?? 100 });
  }

  @Mutation(() => VersionType, {
    description: 'Registers a challenger. Its ONNX files are loaded first; one that does not load is refused.',
  })
  @Requires('AUTOMATION', 'input.model')
  registerVersion(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => RegisterVersionInput, { description: 'The version.' }) input: RegisterVersionInput,
  ): Promise<Version> {
    return registerVersion(deps, actor, input);
  }

  @Mutation(() => VersionType, { description: 'Rejects a challenger; it is kept, and its training events return to the pool.' })
  @Requires('OPERATOR', 'input.model')
  reject(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => RejectInput, { description: 'Which one, and why.' }) input: RejectInput,
  ): Promise<Version> {
    return reject(deps, actor, input);
  }

  @Mutation(() => VersionType, { description: 'Makes an archived or rejected version a challenger again.' })
  @Requires('OPERATOR', 'input.model')
  nominate(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => NominateInput, { description: 'Which one.' }) input: NominateInput,
  ): Promise<Version> {
    return nominate(deps, actor, input);
  }

  @Mutation(() => VersionType, { description: 'Replaces all tags of a version.' })
  @Requires('AUTOMATION', 'model')
  setTags(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @VersionArg() version: string,
    @Arg('tags', () => [TagInput], { description: 'All its tags from now on, at most 100; empty: none.' }) tags: TagInput[],
  ): Promise<Version> {
    return setTags(deps, actor, { model, version, tags });
  }
}
