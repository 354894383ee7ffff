import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Benchmark } from '../../domain/benchmark.js';
import type { Comparison } from '../../domain/comparison.js';
import type { Version } from '../../domain/records.js';
import { compareVersions } from '../../usecases/compareVersions.js';
import { ModelArg, VersionArg } from '../args.js';
import type { CallerContext } from '../context.js';
import { findBenchmarkOrNull } from '../findBenchmark.js';
import { findVersion } from '../findVersion.js';
import { Requires } from '../requires.js';
import { BenchmarkType } from '../types/benchmark.js';
import { ComparisonType } from '../types/comparison.js';
import { VersionType } from '../types/version.js';

/** A comparison names its versions by their text alone; to find them it takes the model. */
export interface ComparisonOf extends Comparison {
  readonly model: string;
}

@Resolver(() => ComparisonType)
export class ComparisonResolver {
  @Query(() => ComparisonType, { description: 'Any two versions of a model, weighed by its policy. Changes nothing.' })
  @Requires('VIEWER', 'model')
  async compareVersions(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @VersionArg('base', 'The version to compare with.') base: string,
    @VersionArg('candidate', 'The version to compare.') candidate: string,
    @Arg('benchmark', () => String, {
      nullable: true,
      description: "Name of the benchmark whose measurements to compare; null or left out: the policy's, else reported metrics.",
    })
    benchmark: string | null,
  ): Promise<ComparisonOf> {
    const comparison = await compareVersions(deps, actor, { model, base, candidate, benchmark: benchmark ?? null });
    return { ...comparison, model };
  }

  @FieldResolver(() => VersionType, { description: 'The version compared with, the champion in a decision.' })
  base(@Root() comparison: ComparisonOf, @Ctx() context: CallerContext): Promise<Version> {
    return findVersion(context, comparison.model, comparison.base);
  }

  @FieldResolver(() => VersionType, { description: 'The version compared.' })
  candidate(@Root() comparison: ComparisonOf, @Ctx() context: CallerContext): Promise<Version> {
    return findVersion(context, comparison.model, comparison.candidate);
  }

  @FieldResolver(() => BenchmarkType, {
    nullable: true,
    description: 'What both were measured on; null where reported metrics are compared.',
  })
  benchmark(@Root() comparison: ComparisonOf, @Ctx() context: CallerContext): Promise<Benchmark> | null {
    return findBenchmarkOrNull(context, comparison.benchmark);
  }
}
