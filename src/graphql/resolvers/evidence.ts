import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { requireModel } from '../../domain/actor.js';
import type { Benchmark } from '../../domain/benchmark.js';
import type { Evaluation } from '../../domain/evaluation.js';
import type { Version } from '../../domain/records.js';
import { cancelEvaluation } from '../../usecases/cancelEvaluation.js';
import { evaluate } from '../../usecases/evaluate.js';
import type { CallerContext } from '../context.js';
import { evaluationStream } from '../evaluationStream.js';
import { findBenchmark } from '../findBenchmark.js';
import { findVersion } from '../findVersion.js';
import { EvaluateInput } from '../inputs/evidence.js';
import { Requires } from '../requires.js';
import { BenchmarkType } from '../types/benchmark.js';
import { EvaluationType } from '../types/evaluation.js';
import { VersionType } from '../types/version.js';

const EVALUATION = { description: 'Id of the evaluation.' };

@Resolver(() => EvaluationType)
export class EvidenceResolver {
  @Query(() => EvaluationType, { nullable: true, description: 'The evaluation of this id; null: there is none.' })
  @Requires('VIEWER', 'loaded')
  async evaluation(@Ctx() { deps, actor }: CallerContext, @Arg('id', () => ID, EVALUATION) id: string): Promise<Evaluation | null> {
    const evaluation = await deps.store.reads.evaluation(id);
    if (evaluation !== null) requireModel(actor, evaluation.model);
    return evaluation;
  }

  @Mutation(() => EvaluationType, {
    description:
      'Queues the measurement of a version on a benchmark. One that waits or runs already is given back instead of a second one.',
  })
  @Requires('AUTOMATION', 'input.model')
  evaluate(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => EvaluateInput, { description: 'What to measure on what.' }) input: EvaluateInput,
  ): Promise<Evaluation> {
    return evaluate(deps, actor, input);
  }

  @Mutation(() => EvaluationType, {
    description: 'Takes an evaluation from the queue, or breaks it off. EVALUATION_ENDED where it has succeeded or failed.',
  })
  @Requires('AUTOMATION', 'loaded')
  cancelEvaluation(@Ctx() { deps, actor }: CallerContext, @Arg('id', () => ID, EVALUATION) id: string): Promise<Evaluation> {
    return cancelEvaluation(deps, actor, id);
  }

  @Subscription(() => EvaluationType, {
    subscribe: ({ args, context }: { readonly args: { readonly id: string }; readonly context: CallerContext }) =>
      evaluationStream(context, args.id),
    description: 'The evaluation now, then whenever it has changed; complete once it has ended.',
  })
  @Requires('VIEWER', 'loaded')
  evaluationProgress(@Root() evaluation: Evaluation, @Arg('id', () => ID, EVALUATION) _id: string): Evaluation {
    return evaluation;
  }

  @FieldResolver(() => VersionType, { description: 'The version that is measured.' })
  version(@Root() evaluation: Evaluation, @Ctx() context: CallerContext): Promise<Version> {
    return findVersion(context, evaluation.model, evaluation.version);
  }

  @FieldResolver(() => BenchmarkType, { description: 'What it is measured on.' })
  benchmark(@Root() evaluation: Evaluation, @Ctx() context: CallerContext): Promise<Benchmark> {
    return findBenchmark(context, evaluation.benchmark);
  }
}
