import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { requireModel } from '../../domain/actor.js';
import type { Decision } from '../../domain/decision.js';
import type { Policy } from '../../domain/policy.js';
import type { Model, Version } from '../../domain/records.js';
import { foundModel } from '../../usecases/found.js';
import { AfterArg, FirstArg, ModelArg } from '../args.js';
import { pageRequest, type UncountedConnection, uncountedConnection } from '../connection.js';
import type { CallerContext } from '../context.js';
import { findModel } from '../findModel.js';
import { findPolicy } from '../findPolicy.js';
import { findVersion, findVersionOrNull } from '../findVersion.js';
import { Requires } from '../requires.js';
import { ComparisonType } from '../types/comparison.js';
import { DecisionConnectionType } from '../types/connections.js';
import { DecisionType } from '../types/decision.js';
import { ModelType } from '../types/model.js';
import { PolicyType } from '../types/policy.js';
import { VersionType } from '../types/version.js';
import type { ComparisonOf } from './comparison.js';

@Resolver(() => DecisionType)
export class DecisionsResolver {
  @Query(() => DecisionType, { nullable: true, description: 'A stored decision; null: there is none of this id.' })
  @Requires('VIEWER', 'loaded')
  async decision(
    @Ctx() { loaders, actor }: CallerContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Decision | null> {
    const decision = await loaders.decisions.load(id);
    if (decision !== null) requireModel(actor, decision.model);
    return decision;
  }

  @Query(() => DecisionConnectionType, { description: "A model's decisions, refusals too, newest first." })
  @Requires('VIEWER', 'model')
  async decisions(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<UncountedConnection<Decision>> {
    await foundModel(deps.store.reads, actor, model);
    const request = pageRequest(first, after, 20);
    return uncountedConnection(await deps.store.reads.decisionPage(model, request), request);
  }

  @FieldResolver(() => Boolean)
  awaitingApproval(@Root() { awaiting, answer }: Decision): boolean {
    return awaiting && answer === null;
  }

  @FieldResolver(() => ModelType, { description: 'The model it is about.' })
  model(@Root() decision: Decision, @Ctx() context: CallerContext): Promise<Model> {
    return findModel(context, decision.model);
  }

  @FieldResolver(() => VersionType, { description: 'The version it is about.' })
  candidate(@Root() decision: Decision, @Ctx() context: CallerContext): Promise<Version> {
    return findVersion(context, decision.model, decision.candidate);
  }

  @FieldResolver(() => VersionType, { nullable: true, description: 'The champion of that moment; null: the model had none.' })
  champion(@Root() decision: Decision, @Ctx() context: CallerContext): Promise<Version> | null {
    return findVersionOrNull(context, decision.model, decision.champion);
  }

  @FieldResolver(() => PolicyType, { description: 'The policy it was taken by, in the revision of that moment.' })
  policy(@Root() decision: Decision, @Ctx() context: CallerContext): Promise<Policy> {
    return findPolicy(context, decision.model, decision.policyRevision);
  }

  @FieldResolver(() => ComparisonType, {
    nullable: true,
    description: 'The numbers it rests on; null: there was no champion to compare with.',
  })
  comparison(@Root() { model, comparison }: Decision): ComparisonOf | null {
    return comparison === null ? null : { ...comparison, model };
  }
}
