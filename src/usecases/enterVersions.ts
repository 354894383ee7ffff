import type { Actor } from '../domain/actor.js';
import type { Model, Version } from '../domain/records.js';
import type { Tx } from '../ports.js';

/** Takes versions in whatever status they have had elsewhere: an import's, or a rebuild's. */
export async function enterVersions(tx: Tx, model: Model, versions: readonly Version[], at: number, actor: Actor): Promise<void> {
  for (const version of versions) {
    await tx.insertVersion(version);
    const files = version.files.map(({ name, sha256 }) => ({ name, sha256 }));
    const data = { version: version.version, architecture: version.architecture, status: version.status, files };
    await tx.append({ type: 'VERSION_REGISTERED', at, actor: actor.name, model: model.name, data });
  }
}

/** The one among them that has status CHAMPION becomes the model's; its reign begins when it was deployed. */
export async function crownEntered(
  tx: Tx,
  model: Model,
  versions: readonly Version[],
  why: { readonly at: number; readonly actor: string; readonly reason: string },
): Promise<void> {
  const champion = versions.find((v) => v.status === 'CHAMPION');
  if (champion === undefined) return;
  const revision = model.revision + 1;
  await tx.updateModel(model.name, { champion: champion.version, revision });
  const data = { from: null, to: champion.version, reason: why.reason, decision: null, revision };
  const event = await tx.append({ type: 'PROMOTED', at: why.at, actor: why.actor, model: model.name, data });
  await tx.openReign({
    model: model.name,
    version: champion.version,
    from: champion.deployedAt ?? why.at,
    until: null,
    eventSeq: event.seq,
  });
}
