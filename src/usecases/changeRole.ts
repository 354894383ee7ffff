import type { Actor } from '../domain/actor.js';
import type { EventType } from '../domain/event.js';
import { type LifecycleStep, nextStatus } from '../domain/lifecycle.js';
import type { Version } from '../domain/records.js';
import type { Deps, Tx } from '../ports.js';
import { committed } from './committed.js';
import { foundVersion, lockedModel } from './found.js';

interface RoleChange {
  readonly step: Extract<LifecycleStep, 'reject' | 'nominate'>;
  readonly type: Extract<EventType, 'VERSION_REJECTED' | 'VERSION_NOMINATED'>;
  readonly model: string;
  readonly version: string;
  readonly reason: string | null;
  /** When it enters the archive; null where it leaves it. */
  readonly archivedAt: number | null;
  /** What else follows, in the same transaction. */
  readonly besides: (tx: Tx, version: Version) => Promise<void>;
}

/** A change of role that leaves the champion alone. */
export function changeRole(deps: Deps, actor: Actor, change: RoleChange): Promise<Version> {
  return committed(deps, change.model, async (tx) => {
    const model = await lockedModel(tx, actor, change.model);
    const before = await foundVersion(tx, model.name, change.version);
    const status = nextStatus(change.step, before.id, before.status);
    const patch = { status, reason: change.reason, archivedAt: change.archivedAt };
    await tx.updateVersion(before.id, patch);
    await tx.updateModel(model.name, { revision: model.revision + 1 });
    const after = { ...before, ...patch };
    await change.besides(tx, after);
    const data = { version: before.version, reason: change.reason, revision: model.revision + 1 };
    await tx.append({ type: change.type, at: deps.now(), actor: actor.name, model: model.name, data });
    return { result: after, versions: [after] };
  });
}
