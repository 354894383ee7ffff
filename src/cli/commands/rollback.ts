import type { Command } from 'commander';
import { chooseModel } from '../chooseModel.js';
import { type JuaraClient, JuaraClientError, type VersionDetail } from '../client.js';
import { comparisonText } from '../comparisonText.js';
import { confirm } from '../confirm.js';
import { time } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import type { Session } from '../session.js';
import { versionTable } from '../versionTable.js';

interface Options {
  readonly list?: boolean;
  readonly version?: string;
  readonly reason: string;
  readonly idempotencyKey?: string;
  readonly yes?: boolean;
}

export function addRollback(program: Command, cli: Cli): void {
  const command = program
    .command('rollback')
    .description('bring a former champion back: the one before the present one, or the one named')
    .argument('[model]')
    .option('-l, --list', 'show the champion and the archived versions; changes nothing')
    .option('--version <version>', 'go back to this one')
    .option('--reason <text>', 'kept for ever', 'rolled back from the command line')
    .option('--idempotency-key <key>', 'the same key and input give the first result again')
    .option('-y, --yes', 'do not ask');
  leaf<Options>(cli, command, async (session, [named], options) => {
    const client = await session.client();
    const model = await chooseModel(client, named);
    if (options.list === true) return list(session, client, model);
    const { version, expectedChampion } = await target(session, client, model, options);
    const { event, ...payload } = await client.rollback({
      model,
      reason: options.reason,
      ...(version === undefined ? {} : { version }),
      ...(expectedChampion === undefined ? {} : { expectedChampion }),
      ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
    });
    if (session.json) return void (await session.data({ event, ...payload }));
    await session.line(`${model}: ${event.from?.version ?? 'none'} -> ${event.to.version} (revision ${event.revision})`);
  });
}

async function list(session: Session, client: JuaraClient, model: string): Promise<undefined> {
  const champion = await client.getChampion(model);
  const archived = [];
  const orderBy = { field: 'VERSION', direction: 'DESC' } as const;
  for await (const version of client.allVersions(model, { filter: { status: ['ARCHIVED'] }, orderBy })) archived.push(version);
  if (session.json) return void (await session.data({ champion, archived }));
  await session.line(champion === null ? `${model} has no champion` : `champion: ${champion.modelId} since ${time(champion.deployedAt)}`);
  await session.line(
    archived.length === 0 ? 'no archived versions' : await versionTable(champion === null ? archived : [champion, ...archived]),
  );
}

/** What the person agreed to; with --yes the server chooses where no version was named. */
async function target(
  session: Session,
  client: JuaraClient,
  model: string,
  { version, yes, idempotencyKey }: Options,
): Promise<{ version: string | undefined; expectedChampion: string | undefined }> {
  if (!session.io.isTTY) await confirm(session, '', yes);
  if (yes === true && idempotencyKey !== undefined) return { version, expectedChampion: undefined };
  const champion = await client.getChampion(model);
  if (yes === true || champion === null) return { version, expectedChampion: champion?.version };
  const to = version ?? previous(champion);
  session.note(`${await comparisonText(await client.compareModels(model, champion.version, to))}\n`);
  await confirm(session, `Roll ${model} back: ${champion.version} -> ${to}?`, yes);
  return { version: to, expectedChampion: champion.version };
}

function previous(champion: VersionDetail): string {
  if (champion.previousVersion !== null) return champion.previousVersion;
  throw new JuaraClientError('NO_PREVIOUS_CHAMPION', `${champion.modelId} replaced no other version: name one with --version`);
}
