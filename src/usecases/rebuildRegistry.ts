import { SYSTEM } from '../domain/actor.js';
import type { ModelFacts } from '../domain/metadata.js';
import { importedPolicy, PRECURSOR_TASKS } from '../domain/precursor.js';
import type { Version } from '../domain/records.js';
import type { RegistryDocument } from '../domain/registryDocument.js';
import type { Deps } from '../ports.js';
import { addModel } from './createModel.js';
import { crownEntered, enterVersions } from './enterVersions.js';
import { importTrainingEvents } from './importTrainingEvents.js';

/** A version as the folders tell of it. */
export interface FoundVersion {
  readonly version: Version;
  readonly model: ModelFacts | null;
  /** Whether champion/<model> leads to it. */
  readonly championLink: boolean;
}

export interface Rebuilt {
  readonly versions: number;
  readonly trainingEvents: number;
}

/** Enters one model from what its folders and its registry document say. `problems` hears of what had to be settled or was not there. */
export async function rebuildRegistry(
  deps: Pick<Deps, 'store' | 'now'>,
  name: string,
  found: readonly FoundVersion[],
  document: RegistryDocument | null,
  problems: string[],
): Promise<Rebuilt> {
  const versions = settleChampions(found, problems);
  return deps.store.inTransaction(async (tx) => {
    const model = await addModel(tx, { ...factsOf(deps, name, found, document, problems), actor: SYSTEM.name });
    await enterVersions(tx, model, versions, deps.now(), SYSTEM);
    const pool = document === null ? { created: 0 } : await importTrainingEvents(deps, tx, SYSTEM, model, document, problems);
    if (document === null) problems.push(`${name}: no registry document to read the training pool from`);
    await crownEntered(tx, model, versions, { at: deps.now(), actor: SYSTEM.name, reason: 'Champion when the registry was rebuilt' });
    const data = { rebuilt: true, versions: versions.length, trainingEvents: pool.created };
    await tx.append({ type: 'REGISTRY_IMPORTED', at: deps.now(), actor: SYSTEM.name, model: name, data });
    return { versions: versions.length, trainingEvents: pool.created };
  });
}

type Facts = Omit<Parameters<typeof addModel>[1], 'actor'>;

function factsOf(
  deps: Pick<Deps, 'now'>,
  name: string,
  found: readonly FoundVersion[],
  document: RegistryDocument | null,
  problems: string[],
): Facts {
  const newest = found.toSorted((a, b) => b.version.createdAt - a.version.createdAt).find((f) => f.model !== null)?.model ?? null;
  const told = document?.model ?? newest;
  if (told === null && document === null) problems.push(`${name}: its tasks are written nowhere; set them with updateModel`);
  const tasks = told?.tasks ?? (document === null ? [] : PRECURSOR_TASKS);
  return {
    name,
    description: told?.description ?? null,
    tasks,
    history: document?.history ?? newest?.history ?? null,
    at: told?.createdAt ?? deps.now(),
    policy: importedPolicy(tasks),
  };
}

/** One champion at the most: the one that the disk's link leads to, else the one that was deployed last. */
function settleChampions(found: readonly FoundVersion[], problems: string[]): Version[] {
  const claims = found.filter((f) => f.version.status === 'CHAMPION');
  const rank = (f: FoundVersion): number => (f.championLink ? Number.MAX_SAFE_INTEGER : (f.version.deployedAt ?? 0));
  const winner = claims.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
  return found.map(({ version }) => {
    if (version.status !== 'CHAMPION' || version.id === winner?.version.id) return version;
    problems.push(`${version.id}: it says that it is champion, and so does ${winner?.version.id}; it is archived`);
    return { ...version, status: 'ARCHIVED', reason: version.reason ?? 'Archived when the registry was rebuilt' };
  });
}
