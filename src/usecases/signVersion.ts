import type { Actor } from '../domain/actor.js';
import { type DsseSignature, readEnvelope } from '../domain/dsse.js';
import type { Json } from '../domain/json.js';
import type { Version } from '../domain/records.js';
import { newSignatures, signedData } from '../domain/versionSignature.js';
import type { Deps, Tx } from '../ports.js';
import { committed } from './committed.js';
import { foundVersion, lockedModel } from './found.js';
import { latestPolicy } from './latestPolicy.js';

export interface SignVersionInput {
  readonly model: string;
  readonly version: string;
  /** DSSE envelope, or a Sigstore bundle around one. */
  readonly envelope: Json;
}

/** Attaches signatures to a version in whatever status; those that it carries already change nothing. */
export async function signVersion(deps: Deps, actor: Actor, input: SignVersionInput): Promise<Version> {
  const signatures = readEnvelope(input.envelope);
  return committed(deps, input.model, async (tx) => {
    await lockedModel(tx, actor, input.model);
    const before = await foundVersion(tx, input.model, input.version);
    const after = await attachSignatures(tx, before, signatures, { at: deps.now(), by: actor.name });
    return { result: after, versions: after === before ? [] : [after] };
  });
}

/** In the caller's transaction, the model's row locked; gives the very same version where nothing is new. */
export async function attachSignatures(
  tx: Tx,
  version: Version,
  given: readonly DsseSignature[],
  { at, by }: { readonly at: number; readonly by: string },
): Promise<Version> {
  if (given.length === 0) return version;
  const { trustedKeys } = await latestPolicy(tx, version.model);
  const added = newSignatures(version, given, trustedKeys);
  if (added.length === 0) return version;
  const signatures = [...version.signatures, ...added.map((signature) => ({ ...signature, attachedAt: at, attachedBy: by }))];
  await tx.updateVersion(version.id, { signatures });
  for (const signature of added) {
    await tx.append({ type: 'VERSION_SIGNED', at, actor: by, model: version.model, data: signedData(version.version, signature) });
  }
  return { ...version, signatures };
}
