import type { PromotionData, StoredEvent } from '../domain/event.js';
import { nextStatus } from '../domain/lifecycle.js';
import type { Model, Version } from '../domain/records.js';
import type { Tx } from '../ports.js';

export interface ChampionChange {
  readonly type: 'PROMOTED' | 'ROLLED_BACK';
  readonly model: Model;
  readonly from: Version | null;
  readonly to: Version;
  /** Why the event says it happened, why the new champion is one, and why the old one went. */
  readonly reason: string;
  readonly toReason: string;
  readonly fromReason: string;
  readonly decision: string | null;
  readonly actor: string;
  readonly now: number;
}

export interface ChampionChanged {
  readonly event: StoredEvent;
  readonly model: Model;
  readonly versions: readonly Version[];
}

/** The one place where a champion changes: both versions' roles, the reigns, the revision and the event, in the caller's transaction. */
export async function changeChampion(tx: Tx, change: ChampionChange): Promise<ChampionChanged> {
  const { model, from, to, type } = change;
  // A clock that was set back must not make a reign end before it began.
  const at = Math.max(change.now, from?.deployedAt ?? 0);
  const archived = from === null ? null : archive(from, at, change.fromReason);
  const crowned: Version = {
    ...to,
    status: nextStatus(type === 'PROMOTED' ? 'promote' : 'rollback', to.id, to.status),
    deployedAt: at,
    archivedAt: null,
    reason: change.toReason,
    previousVersion: type === 'PROMOTED' ? model.champion : to.previousVersion,
  };
  if (archived !== null) await save(tx, archived);
  await save(tx, crowned);
  const revision = model.revision + 1;
  await tx.updateModel(model.name, { champion: to.version, revision });
  await tx.closeReign(model.name, at);
  const data: PromotionData = { from: model.champion, to: to.version, reason: change.reason, decision: change.decision, revision };
  const event = await tx.append({ type, at, actor: change.actor, model: model.name, data });
  await tx.openReign({ model: model.name, version: to.version, from: at, until: null, eventSeq: event.seq });
  return { event, model: { ...model, champion: to.version, revision }, versions: archived === null ? [crowned] : [archived, crowned] };
}

function archive(version: Version, at: number, reason: string): Version {
  return { ...version, status: nextStatus('archive', version.id, version.status), archivedAt: at, reason };
}

function save(tx: Tx, { id, status, deployedAt, archivedAt, reason, previousVersion }: Version): Promise<void> {
  return tx.updateVersion(id, { status, deployedAt, archivedAt, reason, previousVersion });
}
