import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Decision } from '../../domain/decision.js';
import { approvePromotion } from '../../usecases/approvePromotion.js';
import { declinePromotion } from '../../usecases/declinePromotion.js';
import { previewPromotion } from '../../usecases/previewPromotion.js';
import { promote } from '../../usecases/promote.js';
import { rollback } from '../../usecases/rollback.js';
import { ModelArg, ReasonArg, VersionArg } from '../args.js';
import type { CallerContext } from '../context.js';
import { PolicyChangesInput } from '../inputs/policy.js';
import { PromoteInput, RollbackInput } from '../inputs/promotion.js';
import { Requires } from '../requires.js';
import { DecisionType } from '../types/decision.js';
import { PromotePayloadType, RollbackPayloadType } from '../types/payloads.js';

const DECISION = { description: 'Id of the decision that waits.' };
const POLICY =
  'Changes to try out with the policy in force, for ADMIN only; nothing is stored, and the decision names the revision in force. Null or left out: the policy as it is.';

@Resolver()
export class PromotionResolver {
  @Query(() => DecisionType, { description: 'The decision that `promote` would take now. Changes nothing.' })
  @Requires('VIEWER', 'model')
  previewPromotion(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @VersionArg('version', 'The challenger.') version: string,
    @Arg('policy', () => PolicyChangesInput, { nullable: true, description: POLICY }) policy?: PolicyChangesInput | null,
  ): Promise<Decision> {
    return previewPromotion(deps, actor, { model, version, policy: policy ?? null });
  }

  @Mutation(() => PromotePayloadType, { description: 'Makes a challenger champion, if the policy says yes.' })
  @Requires('AUTOMATION', 'input.model')
  promote(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => PromoteInput, { description: 'Which one, and on what terms.' }) input: PromoteInput,
  ): Promise<PromotePayloadType> {
    return promote(deps, actor, input);
  }

  @Mutation(() => RollbackPayloadType, { description: 'Makes a former champion champion again. No policy holds it up.' })
  @Requires('OPERATOR', 'input.model')
  rollback(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => RollbackInput, { description: 'Where to, and why.' }) input: RollbackInput,
  ): Promise<RollbackPayloadType> {
    return rollback(deps, actor, input);
  }

  // The use cases load the decision and check that its model is the actor's before they do anything.
  @Mutation(() => PromotePayloadType, {
    description: 'Approves a waiting promotion; the policy decides anew, against the champion of now.',
  })
  @Requires('OPERATOR', 'loaded')
  approvePromotion(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('decision', () => ID, DECISION) decision: string,
    @ReasonArg(true) reason: string | null,
  ): Promise<PromotePayloadType> {
    return approvePromotion(deps, actor, { decision, reason: reason ?? null });
  }

  @Mutation(() => DecisionType, { description: 'Declines a waiting promotion; the version stays a challenger.' })
  @Requires('OPERATOR', 'loaded')
  declinePromotion(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('decision', () => ID, DECISION) decision: string,
    @ReasonArg(false) reason: string,
  ): Promise<Decision> {
    return declinePromotion(deps, actor, { decision, reason });
  }
}
