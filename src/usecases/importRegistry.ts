import { type Actor, requireModel, requireRole } from '../domain/actor.js';
import { importedPolicy, PRECURSOR_TASKS } from '../domain/precursor.js';
import type { Model, Version } from '../domain/records.js';
import { parseRegistryDocument, type RegistryDocument } from '../domain/registryDocument.js';
import type { Deps } from '../ports.js';
import { committed } from './committed.js';
import { addModel } from './createModel.js';
import { crownEntered, enterVersions } from './enterVersions.js';
import { importEntries } from './importEntries.js';
import { importTrainingEvents } from './importTrainingEvents.js';

export interface ImportReport {
  readonly modelsCreated: number;
  readonly versionsCreated: number;
  readonly trainingEventsCreated: number;
  /** Models, versions and training events of the document that were there already; they are left as they are. */
  readonly unchanged: number;
  readonly warnings: readonly string[];
}

/** Takes in a registry v2.0 document. What exists stays as it is, so that a second import of the same document changes nothing. */
export async function importRegistry(deps: Deps, actor: Actor, input: { readonly document: unknown }): Promise<ImportReport> {
  requireRole(actor, 'ADMIN');
  const doc = parseRegistryDocument(input.document);
  requireModel(actor, doc.modelName);
  const warnings = [...doc.warnings];
  const entries = await importEntries(deps, doc, warnings);
  const created = await ensureModel(deps, actor, doc);
  return committed(deps, doc.modelName, async (tx) => {
    const model = (await tx.lockModel(doc.modelName)) as Model;
    const known = new Set((await tx.versions(entries.map((e) => e.id))).map((v) => v.id));
    const fresh = entries.filter((e) => !known.has(e.id)).map((e) => settleChampion(model, e, warnings));
    await enterVersions(tx, model, fresh, deps.now(), actor);
    const pool = await importTrainingEvents(deps, tx, actor, model, doc, warnings);
    const report: ImportReport = {
      modelsCreated: created ? 1 : 0,
      versionsCreated: fresh.length,
      trainingEventsCreated: pool.created,
      unchanged: (created ? 0 : 1) + known.size + pool.unchanged,
      warnings,
    };
    if (created || fresh.length + pool.created > 0) {
      await crownEntered(tx, model, fresh, { at: deps.now(), actor: actor.name, reason: 'Imported as champion' });
      const data = { ...report, warnings };
      await tx.append({ type: 'REGISTRY_IMPORTED', at: deps.now(), actor: actor.name, model: model.name, data });
    }
    return { result: report, versions: fresh };
  });
}

/** The model in a transaction of its own, so that the folders of its versions can tell of it. */
function ensureModel(deps: Deps, actor: Actor, doc: RegistryDocument): Promise<boolean> {
  return deps.store.inTransaction(async (tx) => {
    if ((await tx.model(doc.modelName)) !== null) return false;
    const tasks = doc.model?.tasks ?? PRECURSOR_TASKS;
    const description = doc.model?.description ?? null;
    const policy = importedPolicy(tasks);
    await addModel(tx, { name: doc.modelName, description, tasks, history: doc.history, at: deps.now(), actor: actor.name, policy });
    return true;
  });
}

/** A document cannot dethrone the champion that operations use: its own champion then waits as a challenger. */
function settleChampion(model: Model, entry: Version, warnings: string[]): Version {
  if (entry.status !== 'CHAMPION' || model.champion === null) return entry;
  warnings.push(`${entry.id}: ${model.champion} is champion here already; it is taken in as a challenger`);
  return { ...entry, status: 'CHALLENGER', deployedAt: null };
}
