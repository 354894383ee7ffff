import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Decision } from '../../domain/decision.js';
import { JuaraError } from '../../domain/errors.js';
import type { PromotionData, StoredEvent } from '../../domain/event.js';
import type { JsonObject } from '../../domain/json.js';
import type { Version } from '../../domain/records.js';
import type { CallerContext } from '../context.js';
import { findVersion, findVersionOrNull } from '../findVersion.js';
import { CursorScalar } from '../scalars/cursor.js';
import { JsonScalar } from '../scalars/json.js';
import { DecisionType } from '../types/decision.js';
import { PromotionEventType, RegistryEventType } from '../types/event.js';
import { VersionType } from '../types/version.js';

@Resolver(() => RegistryEventType)
export class RegistryEventFields {
  @FieldResolver(() => CursorScalar, { description: 'Stands right after this event: give it back as `after` to go on from here.' })
  cursor(@Root() event: StoredEvent, @Ctx() { feed }: CallerContext): Promise<string> {
    return feed.cursor(event);
  }

  @FieldResolver(() => JsonScalar, { description: 'What `hash` covers as `data`, whatever the type: docs/log.md has the formula.' })
  payload(@Root() event: StoredEvent): JsonObject {
    return event.data;
  }
}

/** The model and the particulars of a PROMOTED or ROLLED_BACK event. */
function promotion({ seq, model, data }: StoredEvent): { readonly model: string; readonly data: PromotionData } {
  if (model === null) throw new JuaraError('DATABASE_DAMAGED', `event ${seq} is a promotion of no model: restore a backup`);
  return { model, data: data as PromotionData };
}

@Resolver(() => PromotionEventType)
export class PromotionEventFields {
  @FieldResolver(() => VersionType, { nullable: true, description: 'The champion before; null: there was none.' })
  from(@Root() event: StoredEvent, @Ctx() context: CallerContext): Promise<Version> | null {
    const { model, data } = promotion(event);
    return findVersionOrNull(context, model, data.from);
  }

  @FieldResolver(() => VersionType, { description: 'The champion from then on.' })
  to(@Root() event: StoredEvent, @Ctx() context: CallerContext): Promise<Version> {
    const { model, data } = promotion(event);
    return findVersion(context, model, data.to);
  }

  @FieldResolver(() => String, { description: 'Why.' })
  reason(@Root() event: StoredEvent): string {
    return promotion(event).data.reason;
  }

  @FieldResolver(() => DecisionType, { nullable: true, description: 'The decision behind a promotion; null for a rollback.' })
  decision(@Root() event: StoredEvent, @Ctx() { loaders }: CallerContext): Promise<Decision | null> | null {
    const { data } = promotion(event);
    return data.decision === null ? null : loaders.decisions.load(data.decision);
  }

  @FieldResolver(() => Int, { description: "The model's revision after the change." })
  revision(@Root() event: StoredEvent): number {
    return promotion(event).data.revision;
  }
}
