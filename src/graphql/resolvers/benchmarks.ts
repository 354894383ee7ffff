import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Benchmark } from '../../domain/benchmark.js';
import { registerBenchmark } from '../../usecases/registerBenchmark.js';
import { AfterArg, FirstArg } from '../args.js';
import { pageRequest, type UncountedConnection, uncountedConnection } from '../connection.js';
import type { CallerContext } from '../context.js';
import { RegisterBenchmarkInput } from '../inputs/evidence.js';
import { Requires } from '../requires.js';
import { BenchmarkType } from '../types/benchmark.js';
import { BenchmarkConnectionType } from '../types/connections.js';

@Resolver(() => BenchmarkType)
export class BenchmarksResolver {
  @Query(() => BenchmarkType, { nullable: true, description: 'The benchmark of this name; null: there is none.' })
  @Requires('VIEWER', 'none')
  benchmark(
    @Ctx() { loaders }: CallerContext,
    @Arg('name', () => String, { description: 'Its name, matched exactly.' }) name: string,
  ): Promise<Benchmark | null> {
    return loaders.benchmarks.load(name);
  }

  @Query(() => BenchmarkConnectionType, { description: 'Benchmarks by name.' })
  @Requires('VIEWER', 'none')
  async benchmarks(
    @Ctx() { deps }: CallerContext,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<UncountedConnection<Benchmark>> {
    const request = pageRequest(first, after, 20);
    return uncountedConnection(await deps.store.reads.benchmarkPage(request), request);
  }

  @Mutation(() => BenchmarkType, {
    description:
      'Registers a benchmark; its file must have been uploaded, and is read through. The same again changes nothing; a name never stands for anything else.',
  })
  @Requires('AUTOMATION', 'none')
  registerBenchmark(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => RegisterBenchmarkInput, { description: 'The benchmark.' }) input: RegisterBenchmarkInput,
  ): Promise<Benchmark> {
    return registerBenchmark(deps, actor, input);
  }

  @FieldResolver(() => ID, { description: "The benchmark's name." })
  id(@Root() { name }: Benchmark): string {
    return name;
  }
}
