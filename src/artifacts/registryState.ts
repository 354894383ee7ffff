import type { Version } from '../domain/records.js';
import type { RegistryState } from '../domain/registryDocument.js';
import { parseVersionId } from '../domain/semver.js';
import type { ModelStanding, Reads } from '../ports.js';

/** What the mirror reads of committed state. */
export type MirrorReads = Pick<Reads, 'model' | 'modelPage' | 'version' | 'versions' | 'versionSweep' | 'trainingPage' | 'standing'>;

const PAGE = 500;
const ATTEMPTS = 5;

/**
 * Everything that a model's registry document says; null where there is no such model. It takes several reads: where a change of role
 * came in between, it starts again, so that a document never shows two champions.
 */
export async function registryState(reads: MirrorReads, name: string, now: number): Promise<RegistryState | null> {
  for (let attempt = 1; ; attempt++) {
    const standing = await reads.standing(name);
    if (standing === null) return null;
    const { model, decisions } = standing;
    const [versions, trainingEvents] = await Promise.all([allVersions(reads, name), allTrainingEvents(reads, name)]);
    const after = await reads.model(name);
    if (after?.revision !== model.revision && attempt < ATTEMPTS) continue;
    return { model, versions, trainingEvents, rollbackFrom: rolledBackFrom(standing), decisions, lastUpdated: now };
  }
}

export async function allVersions(reads: Pick<Reads, 'versionSweep'>, model: string | null): Promise<Version[]> {
  const versions: Version[] = [];
  for await (const page of versionPages(reads, model)) versions.push(...page);
  return versions;
}

/** Every version in order of id, in pages. */
export async function* versionPages(reads: Pick<Reads, 'versionSweep'>, model: string | null): AsyncGenerator<Version[], void> {
  for (let after: string | null = null; ; ) {
    const page: Version[] = await reads.versionSweep(model, after, PAGE);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? null;
  }
}

async function allTrainingEvents(reads: MirrorReads, model: string): Promise<RegistryState['trainingEvents']> {
  const events: RegistryState['trainingEvents'][number][] = [];
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<MirrorReads['trainingPage']>> = await reads.trainingPage(model, null, { first: PAGE, after });
    events.push(...page.nodes);
    after = page.cursors.at(-1) ?? null;
    if (!page.hasNextPage || after === null) return events;
  }
}

/** The version that the champion replaced by a rollback; null where it came by promotion. */
function rolledBackFrom({ crowning }: ModelStanding): string | null {
  if (crowning?.type !== 'ROLLED_BACK' || typeof crowning.data.from !== 'string') return null;
  return parseVersionId(crowning.data.from)?.version ?? crowning.data.from;
}
