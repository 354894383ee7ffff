import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Model } from '../../domain/records.js';
import { createModel } from '../../usecases/createModel.js';
import { updateModel } from '../../usecases/updateModel.js';
import { AfterArg, FirstArg } from '../args.js';
import { type Connection, connection, pageRequest } from '../connection.js';
import type { CallerContext } from '../context.js';
import { CreateModelInput, UpdateModelInput } from '../inputs/model.js';
import { Requires } from '../requires.js';
import { ModelConnectionType } from '../types/connections.js';
import { ModelType } from '../types/model.js';

@Resolver()
export class ModelsResolver {
  @Query(() => ModelConnectionType, { description: 'Models by name.' })
  @Requires('VIEWER', 'filtered')
  async models(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('search', () => String, {
      nullable: true,
      description: 'A part of the name or description, whatever the case; null or left out: all.',
    })
    search: string | null,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<Connection<Model>> {
    const { reads } = deps.store;
    const request = pageRequest(first, after, 20);
    const which = { search: search ?? null, models: actor.models };
    return connection(await reads.modelPage({ ...request, ...which }), request, () => reads.modelCount(which));
  }

  @Query(() => ModelType, { nullable: true, description: 'The model of this name; null: there is none.' })
  @Requires('VIEWER', 'name')
  model(
    @Ctx() { loaders }: CallerContext,
    @Arg('name', () => String, { description: 'Its name, matched exactly.' }) name: string,
  ): Promise<Model | null> {
    return loaders.models.load(name);
  }

  @Mutation(() => ModelType, { description: 'Creates a model, with the default policy of its tasks and no versions.' })
  @Requires('OPERATOR', 'input.name')
  createModel(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => CreateModelInput, { description: 'The model.' }) input: CreateModelInput,
  ): Promise<Model> {
    return createModel(deps, actor, input);
  }

  @Mutation(() => ModelType, { description: "Description and tasks. Tasks can't change once a version has been measured." })
  @Requires('OPERATOR', 'input.name')
  updateModel(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => UpdateModelInput, { description: 'The changes.' }) input: UpdateModelInput,
  ): Promise<Model> {
    return updateModel(deps, actor, input);
  }
}
