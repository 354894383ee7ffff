import type { Command } from 'commander';
import { usage } from '../CliError.js';
import type { JuaraClient, Model, Version, VersionFilter, VersionStatus } from '../client.js';
import { collect, whole } from '../collect.js';
import { NONE, time } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import type { Session } from '../session.js';
import { table } from '../table.js';
import { versionTable } from '../versionTable.js';

interface Options {
  readonly status?: readonly string[];
  readonly text?: string;
  readonly architecture?: string;
  readonly metric?: readonly string[];
  readonly limit: number;
}

const STATUSES: readonly VersionStatus[] = ['CHALLENGER', 'CHAMPION', 'ARCHIVED', 'REJECTED'];

export function addList(program: Command, cli: Cli): void {
  const command = program
    .command('list')
    .description("a model's versions with their status, times, metrics and reasons; with several models and none named, the models")
    .argument('[model]')
    .option('--status <status>', `only these (${STATUSES.join(', ').toLowerCase()}); may be repeated`, collect)
    .option('--text <text>', 'only versions that hold this in version, architecture, notes or reason')
    .option('--architecture <name>', 'only this architecture')
    .option('--metric <name>', 'show this metric; may be repeated', collect)
    .option('--limit <n>', 'at most so many, highest version first; 0: all', whole, 50);
  leaf<Options>(cli, command, async (session, [model], options) => {
    const client = await session.client();
    const models = model === undefined ? await client.getModels({ first: 100 }) : null;
    const only = models?.nodes.length === 1 ? models.nodes[0]?.name : model;
    if (only === undefined) return listModels(session, models?.nodes ?? []);
    return listVersions(session, client, only, options);
  });
}

async function listModels(session: Session, models: readonly Model[]): Promise<undefined> {
  if (session.json) return void (await session.data(models));
  if (models.length === 0) return void session.note('the registry holds no model yet');
  const rows = models.map((m) => [
    m.name,
    m.champion?.version ?? NONE,
    time(m.champion?.deployedAt ?? null),
    m.challengers.map((c) => c.version).join(' ') || NONE,
    String(m.versions.totalCount),
  ]);
  await session.line(await table(['MODEL', 'CHAMPION', 'DEPLOYED', 'CHALLENGERS', 'VERSIONS'], rows, [4]));
}

async function listVersions(session: Session, client: JuaraClient, model: string, options: Options): Promise<undefined> {
  const { versions, total } = await read(client, model, filterOf(options), options.limit);
  if (session.json) return void (await session.data(versions));
  if (versions.length === 0) return void session.note(`no version of ${model} matches`);
  await session.line(`${model}\n${await versionTable(versions, options.metric)}`);
  if (total > versions.length) session.note(`${total - versions.length} more; --limit 0 shows all`);
}

async function read(
  client: JuaraClient,
  model: string,
  filter: VersionFilter,
  limit: number,
): Promise<{ versions: Version[]; total: number }> {
  const orderBy = { field: 'VERSION', direction: 'DESC' } as const;
  const first = limit === 0 ? 100 : Math.min(limit, 100);
  let page = await client.getVersions(model, { filter, orderBy, first });
  const versions = [...page.nodes];
  while (page.pageInfo.hasNextPage && (limit === 0 || versions.length < limit)) {
    page = await client.getVersions(model, { filter, orderBy, first, after: page.pageInfo.endCursor });
    versions.push(...page.nodes);
  }
  return { versions: limit === 0 ? versions : versions.slice(0, limit), total: page.totalCount };
}

function filterOf({ status, text, architecture }: Options): VersionFilter {
  return {
    ...(status === undefined ? {} : { status: status.map(statusOf) }),
    ...(text === undefined ? {} : { text }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

function statusOf(text: string): VersionStatus {
  const status = STATUSES.find((s) => s === text.toUpperCase());
  if (status === undefined) throw usage(`--status ${text}: it is one of ${STATUSES.join(', ').toLowerCase()}`);
  return status;
}
