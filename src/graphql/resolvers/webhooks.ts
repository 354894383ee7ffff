import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Webhook, WebhookDelivery } from '../../domain/webhook.js';
import { createWebhook } from '../../usecases/createWebhook.js';
import { replayWebhook } from '../../usecases/replayWebhook.js';
import { rotateWebhookSecret } from '../../usecases/rotateWebhookSecret.js';
import { updateWebhook } from '../../usecases/updateWebhook.js';
import { AfterArg, FirstArg } from '../args.js';
import { pageRequest, type UncountedConnection, uncountedConnection } from '../connection.js';
import type { CallerContext } from '../context.js';
import { CreateWebhookInput, UpdateWebhookInput } from '../inputs/webhook.js';
import { Requires } from '../requires.js';
import { CursorScalar } from '../scalars/cursor.js';
import { WebhookDeliveryConnectionType, WebhookType, WebhookWithSecretType } from '../types/webhook.js';

const OVERLAP_HOURS = 24;
const IdArg = (): ReturnType<typeof Arg> => Arg('id', () => ID, { description: 'Id of the webhook.' });

@Resolver(() => WebhookType)
export class WebhooksResolver {
  @Query(() => [WebhookType], { description: 'All webhooks, inactive ones too, by time of creation.' })
  @Requires('ADMIN', 'registry')
  webhooks(@Ctx() { deps }: CallerContext): Promise<Webhook[]> {
    return deps.store.reads.webhooks();
  }

  @Query(() => WebhookType, { nullable: true, description: 'A webhook; null: there is none of this id.' })
  @Requires('ADMIN', 'registry')
  webhook(@Ctx() { deps }: CallerContext, @IdArg() id: string): Promise<Webhook | null> {
    return deps.store.reads.webhook(id);
  }

  @Mutation(() => WebhookWithSecretType, { description: 'Makes a webhook; events are sent to it at once.' })
  @Requires('ADMIN', 'registry')
  async createWebhook(
    @Ctx() { deps, actor, feed }: CallerContext,
    @Arg('input', () => CreateWebhookInput, { description: 'The webhook.' }) { after, ...input }: CreateWebhookInput,
  ): Promise<WebhookWithSecretType> {
    const afterSeq = after == null ? null : await feed.position(after);
    return createWebhook(deps, actor, { ...input, afterSeq });
  }

  @Mutation(() => WebhookType, { description: 'Changes a webhook. One that is activated gets what happened while it was not.' })
  @Requires('ADMIN', 'registry')
  updateWebhook(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('input', () => UpdateWebhookInput, { description: 'The changes.' }) input: UpdateWebhookInput,
  ): Promise<Webhook> {
    return updateWebhook(deps, actor, input);
  }

  @Mutation(() => WebhookWithSecretType, {
    description: 'Gives a webhook another secret. Until the overlap is over, deliveries carry the signatures of both.',
  })
  @Requires('ADMIN', 'registry')
  rotateWebhookSecret(
    @Ctx() { deps, actor }: CallerContext,
    @IdArg() id: string,
    @Arg('secret', () => String, { nullable: true, description: 'The new secret; null or left out: the server makes one.' })
    secret: string | null,
    @Arg('overlapHours', () => Int, {
      nullable: true,
      defaultValue: OVERLAP_HOURS,
      description: 'How long the old secret signs too, 0 to 168; 0: it ends at once; null: the default.',
    })
    overlapHours: number | null,
  ): Promise<WebhookWithSecretType> {
    return rotateWebhookSecret(deps, actor, { id, secret, overlapHours: overlapHours ?? OVERLAP_HOURS });
  }

  @Mutation(() => WebhookType, {
    description: 'Sets the place of a webhook in the log: what follows is delivered, again where it had been.',
  })
  @Requires('ADMIN', 'registry')
  async replayWebhook(
    @Ctx() { deps, actor, feed }: CallerContext,
    @IdArg() id: string,
    @Arg('after', () => CursorScalar, { description: 'Events after this cursor; "": from the first.' }) after: string,
  ): Promise<Webhook> {
    return replayWebhook(deps, actor, { id, afterSeq: await feed.position(after) });
  }

  @FieldResolver(() => CursorScalar, { description: 'The same place as a cursor.' })
  cursor(@Root() { seq }: Webhook, @Ctx() { feed }: CallerContext): Promise<string> {
    return feed.cursorAt(seq);
  }

  @FieldResolver(() => WebhookDeliveryConnectionType, { description: 'What was sent to it and what became of it, latest event first.' })
  async deliveries(
    @Root() { id }: Webhook,
    @Ctx() { deps }: CallerContext,
    @FirstArg(20) first: number | null,
    @AfterArg() after: string | null,
  ): Promise<UncountedConnection<WebhookDelivery>> {
    const request = pageRequest(first, after, 20);
    return uncountedConnection(await deps.store.reads.webhookDeliveries(id, request), request);
  }
}
