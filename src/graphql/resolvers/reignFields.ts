import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { JuaraError } from '../../domain/errors.js';
import type { StoredEvent } from '../../domain/event.js';
import type { Reign, Version } from '../../domain/records.js';
import type { CallerContext } from '../context.js';
import { findVersion } from '../findVersion.js';
import { RegistryEventType } from '../types/event.js';
import { ReignType } from '../types/reign.js';
import { VersionType } from '../types/version.js';

@Resolver(() => ReignType)
export class ReignFields {
  @FieldResolver(() => VersionType, { description: 'Who was champion.' })
  version(@Root() reign: Reign, @Ctx() context: CallerContext): Promise<Version> {
    return findVersion(context, reign.model, reign.version);
  }

  @FieldResolver(() => RegistryEventType, { description: 'The event that began it: a promotion, a rollback, or an import.' })
  async event(@Root() { eventSeq }: Reign, @Ctx() { loaders }: CallerContext): Promise<StoredEvent> {
    const event = await loaders.events.load(eventSeq);
    if (event === null) throw new JuaraError('DATABASE_DAMAGED', `event ${eventSeq} is gone: restore a backup`);
    return event;
  }
}
