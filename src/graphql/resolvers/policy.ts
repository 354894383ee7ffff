import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Benchmark } from '../../domain/benchmark.js';
import type { Policy } from '../../domain/policy.js';
import { foundModel } from '../../usecases/found.js';
import { setPolicy } from '../../usecases/setPolicy.js';
import { AfterArg, FirstArg, ModelArg } from '../args.js';
import { pageRequest, type UncountedConnection, uncountedConnection } from '../connection.js';
import type { CallerContext } from '../context.js';
import { findBenchmarkOrNull } from '../findBenchmark.js';
import { SetPolicyInput } from '../inputs/policy.js';
import { Requires } from '../requires.js';
import { BenchmarkType } from '../types/benchmark.js';
import { PolicyConnectionType } from '../types/connections.js';
import { PolicyType } from '../types/policy.js';

@Resolver(() => PolicyType)
export class PolicyResolver {
  @Query(() => PolicyConnectionType, { description: "All revisions of a model's policy, newest first." })
  @Requires('VIEWER', 'model')
  async policies(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<UncountedConnection<Policy>> {
    await foundModel(deps.store.reads, actor, model);
    const request = pageRequest(first, after, 20);
    return uncountedConnection(await deps.store.reads.policyPage(model, request), request);
  }

  @Mutation(() => PolicyType, { description: 'Sets the next revision of a policy; what is left out stays.' })
  @Requires('ADMIN', 'input.model')
  setPolicy(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => SetPolicyInput, { description: 'The changes.' }) input: SetPolicyInput,
  ): Promise<Policy> {
    return setPolicy(deps, actor, input);
  }

  @FieldResolver(() => BenchmarkType, { nullable: true, description: 'The benchmark that decides; null: reported metrics do.' })
  benchmark(@Root() policy: Policy, @Ctx() context: CallerContext): Promise<Benchmark> | null {
    return findBenchmarkOrNull(context, policy.benchmark);
  }
}
