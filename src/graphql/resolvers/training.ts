import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { TrainingEvent, TrainingEventStatus, Version } from '../../domain/records.js';
import { addTrainingEvents } from '../../usecases/addTrainingEvents.js';
import { discardTrainingEvent } from '../../usecases/discardTrainingEvent.js';
import { foundModel } from '../../usecases/found.js';
import { validateTrainingEvents } from '../../usecases/validateTrainingEvents.js';
import { AfterArg, FirstArg, ModelArg, ReasonArg } from '../args.js';
import { type Connection, connection, pageRequest } from '../connection.js';
import type { CallerContext } from '../context.js';
import { findVersionOrNull } from '../findVersion.js';
import { TrainingEventInput } from '../inputs/training.js';
import { Requires } from '../requires.js';
import { TrainingEventConnectionType } from '../types/connections.js';
import { TrainingEventStatusEnum, TrainingEventType } from '../types/training.js';
import { VersionType } from '../types/version.js';

@Resolver(() => TrainingEventType)
export class TrainingResolver {
  @Query(() => TrainingEventConnectionType, { description: "A model's training pool, by date and event id." })
  @Requires('VIEWER', 'model')
  async trainingEvents(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @Arg('status', () => [TrainingEventStatusEnum], { nullable: true, description: 'Only of these; null or left out: all.' })
    status: TrainingEventStatus[] | null,
    @FirstArg(50) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<Connection<TrainingEvent>> {
    const { reads } = deps.store;
    await foundModel(reads, actor, model);
    const request = pageRequest(first, after, 50);
    const only = status ?? null;
    return connection(await reads.trainingPage(model, only, request), request, () => reads.trainingCount(model, only));
  }

  @Mutation(() => [TrainingEventType], {
    description: 'Puts events into the pool, PENDING. The same event with the same content again changes nothing.',
  })
  @Requires('AUTOMATION', 'model')
  addTrainingEvents(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @Arg('events', () => [TrainingEventInput], { description: 'The events.' }) events: TrainingEventInput[],
  ): Promise<TrainingEvent[]> {
    return addTrainingEvents(deps, actor, { model, events });
  }

  @Mutation(() => [TrainingEventType], { description: 'Makes PENDING events VALIDATED, so that the next training may use them.' })
  @Requires('OPERATOR', 'model')
  validateTrainingEvents(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @Arg('eventIds', () => [String], { description: 'Which events.' }) eventIds: string[],
  ): Promise<TrainingEvent[]> {
    return validateTrainingEvents(deps, actor, { model, eventIds });
  }

  @Mutation(() => TrainingEventType, { description: 'Takes an event out of the pool; it is kept, with the reason.' })
  @Requires('OPERATOR', 'model')
  discardTrainingEvent(
    @Ctx() { deps, actor }: CallerContext,
    @ModelArg() model: string,
    @Arg('eventId', () => String, { description: 'Which event.' }) eventId: string,
    @ReasonArg(false) reason: string,
  ): Promise<TrainingEvent> {
    return discardTrainingEvent(deps, actor, { model, eventId, reason });
  }

  @FieldResolver(() => VersionType, { nullable: true, description: 'The version whose training data includes it; null: none yet.' })
  usedBy(@Root() event: TrainingEvent, @Ctx() context: CallerContext): Promise<Version> | null {
    return findVersionOrNull(context, event.model, event.usedBy);
  }
}
