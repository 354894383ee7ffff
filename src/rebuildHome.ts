import { createReadStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createDiskBlobStore } from './artifacts/diskBlobStore.js';
import { createFolders } from './artifacts/folders.js';
import { type HomeDocument, type HomeVersion, readHome, readRegistryDocuments } from './artifacts/readHome.js';
import { reconcileFolders } from './artifacts/reconcileFolders.js';
import type { Config } from './config.js';
import { JuaraError } from './domain/errors.js';
import { ensureAdminToken } from './home/adminToken.js';
import { lockHome } from './home/lockHome.js';
import { prepareHome } from './home/prepareHome.js';
import type { BlobStore, Store } from './ports.js';
import { openStore } from './storage/openStore.js';
import { rebuildRegistry } from './usecases/rebuildRegistry.js';

interface Report {
  models: number;
  versions: number;
  trainingEvents: number;
  readonly problems: string[];
}

/** What only the database knew. */
const LOST = [
  'the event log (a new one begins)',
  'decisions',
  'policies (defaults are back)',
  'tokens (admin.token is a new one)',
  'earlier reigns',
];

/** `juara rebuild`: a new database from the folders alone. Refuses where there is one that works; a damaged one is set aside. */
export async function rebuildHome(config: Config, { json }: { readonly json: boolean }): Promise<number> {
  await prepareHome(config.home);
  const lock = await lockHome(config.home);
  try {
    await setDamagedAside(config);
    const { store, close } = await openStore({ url: config.databaseUrl });
    try {
      const report = await rebuild(config, store);
      process.stdout.write(json ? `${JSON.stringify({ ...report, lost: LOST }, null, 2)}\n` : describe(report));
      return 0;
    } finally {
      await close();
    }
  } finally {
    await lock.release();
  }
}

/** Nothing is deleted, not even a database that cannot be read: it may be of use to somebody. */
async function setDamagedAside({ databaseUrl }: Config): Promise<void> {
  const file = /^sqlite:(?:\/\/)?(.+)$/s.exec(databaseUrl)?.[1];
  if (file === undefined || !existsSync(file)) return;
  try {
    await (await openStore({ url: databaseUrl })).close();
  } catch (error) {
    if (!(error instanceof JuaraError) || error.code !== 'DATABASE_DAMAGED') throw error;
    const suffix = `.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) await rename(file + part, `${file}${suffix}${part}`);
  }
}

async function rebuild(config: Config, store: Store): Promise<Report> {
  const { models } = await store.reads.counts(null);
  if (models > 0) {
    throw new JuaraError(
      'CONFLICT',
      `the database holds ${models} models and works: move it away first if you mean to lose what only it knows`,
    );
  }
  const blobs = createDiskBlobStore(config.home);
  const folders = createFolders({ home: config.home, blobs, reads: store.reads });
  const deps = { store, now: Date.now };
  const report: Report = { models: 0, versions: 0, trainingEvents: 0, problems: [] };
  const documents = await readRegistryDocuments(config.home);
  for (const { problem } of documents) if (problem !== null) report.problems.push(problem);
  for (const [name, found] of await byModel(config.home, blobs, report.problems)) {
    const document = documents.find((d: HomeDocument) => d.document?.modelName === name)?.document ?? null;
    const rebuilt = await rebuildRegistry(deps, name, found, document, report.problems);
    report.models += 1;
    report.versions += rebuilt.versions;
    report.trainingEvents += rebuilt.trainingEvents;
  }
  const { problems } = await reconcileFolders(store.reads, folders);
  report.problems.push(...problems);
  await folders.close();
  await ensureAdminToken(deps, config.home);
  return report;
}

/** Every version that the folders tell of, with the files that are whole in the blob store. */
async function byModel(home: string, blobs: BlobStore, problems: string[]): Promise<Map<string, HomeVersion[]>> {
  const models = new Map<string, HomeVersion[]>();
  for await (const finding of readHome(home, blobs)) {
    problems.push(...finding.problems);
    if (finding.version === null) continue;
    for (const { file, path } of finding.sources) {
      if ((await blobs.size(file.sha256)) === null) await blobs.put(file.sha256, createReadStream(path));
    }
    models.set(finding.version.model, [...(models.get(finding.version.model) ?? []), finding]);
  }
  return models;
}

function describe(report: Report): string {
  const { models, versions, trainingEvents, problems } = report;
  return [
    ...problems.map((p) => `! ${p}`),
    `rebuilt ${models} models, ${versions} versions and ${trainingEvents} training events`,
    `not in the folders, so not recovered: ${LOST.join('; ')}`,
    '',
  ].join('\n');
}
