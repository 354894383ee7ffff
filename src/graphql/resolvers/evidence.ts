import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Subscription } from 'type-graphql';
import { AfterArg, FirstArg } from '../args.js';
import { pageRequest, type UncountedConnection, uncountedConnection } from '../connection.js';
import type { CallerContext } from '../context.js';
import { findBenchmark } from '../findBenchmark.js';
import { EvaluateInput, RegisterBenchmarkInput } from '../inputs/evidence.js';
import { notYet } from '../notYet.js';
import { Requires } from '../requires.js';
import { BenchmarkType } from '../types/benchmark.js';
import { BenchmarkConnectionType } from '../types/connections.js';
import { EvaluationType } from '../types/evaluation.js';
import { VersionType } from '../types/version.js';

const EVALUATION = { description: 'Id of the evaluation.' };

/** Benchmarks and evaluations: in the contract, and empty until the registry can measure. */
@Resolver(() => EvaluationType)
export class EvidenceResolver {
  @Query(() => BenchmarkType, { nullable: true, description: 'The benchmark of this name; null: there is none.' })
  @Requires('VIEWER', 'none')
  benchmark(@Arg('name', () => String, { description: 'Its name, matched exactly.' }) name: string): BenchmarkType | null {
    return findBenchmark(name);
  }

  @Query(() => BenchmarkConnectionType, { description: 'Benchmarks by name.' })
  @Requires('VIEWER', 'none')
  benchmarks(@FirstArg(20) first: number | null, @AfterArg() after: string | null): UncountedConnection<BenchmarkType> {
    return uncountedConnection({ nodes: [], cursors: [], hasNextPage: false }, pageRequest(first, after, 20));
  }

  @Query(() => EvaluationType, { nullable: true, description: 'The evaluation of this id; null: there is none.' })
  @Requires('VIEWER', 'loaded')
  evaluation(@Arg('id', () => ID, EVALUATION) _id: string): EvaluationType | null {
    return null;
  }

  @Mutation(() => BenchmarkType, { description: 'Registers a benchmark; its file must have been uploaded. Not of this release yet.' })
  @Requires('AUTOMATION', 'none')
  registerBenchmark(
    @Arg('input', () => RegisterBenchmarkInput, { description: 'The benchmark.' }) _input: RegisterBenchmarkInput,
  ): BenchmarkType {
    return notYet('registerBenchmark');
  }

  @Mutation(() => EvaluationType, { description: 'Measures a version on a benchmark. Not of this release yet.' })
  @Requires('AUTOMATION', 'input.model')
  evaluate(@Arg('input', () => EvaluateInput, { description: 'What to measure on what.' }) _input: EvaluateInput): EvaluationType {
    return notYet('evaluate');
  }

  @Mutation(() => EvaluationType, { description: 'Breaks an evaluation off. Not of this release yet.' })
  @Requires('AUTOMATION', 'loaded')
  cancelEvaluation(@Arg('id', () => ID, EVALUATION) _id: string): EvaluationType {
    return notYet('cancelEvaluation');
  }

  @Subscription(() => EvaluationType, {
    subscribe: () => notYet('evaluationProgress'),
    description: 'The evaluation now, then at each step until it ends. Not of this release yet.',
  })
  @Requires('VIEWER', 'loaded')
  evaluationProgress(@Arg('id', () => ID, EVALUATION) _id: string): EvaluationType {
    return notYet('evaluationProgress');
  }

  @FieldResolver(() => VersionType, { description: 'The version that is measured.' })
  version(@Ctx() _context: CallerContext): VersionType {
    return notYet('Evaluation.version');
  }
}
