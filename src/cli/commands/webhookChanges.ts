import type { Command } from 'commander';
import { usage } from '../CliError.js';
import type { UpdateWebhookInput } from '../client.js';
import { collect, whole } from '../collect.js';
import { type Cli, leaf } from '../leaf.js';
import { printWebhook } from '../webhookText.js';

interface UpdateOptions {
  readonly name?: string;
  readonly url?: string;
  readonly to?: string;
  readonly type?: readonly string[];
  readonly allTypes?: boolean;
  readonly model?: string;
  readonly allModels?: boolean;
}

/** The commands that change a webhook. */
export function addWebhookChanges(group: Command, cli: Cli): void {
  addUpdate(group, cli);
  for (const [verb, active, text] of [
    ['enable', true, 'go on from its place in the log; what happened meanwhile is sent'],
    ['disable', false, 'send nothing any more'],
  ] as const) {
    leaf(cli, group.command(verb).description(text).argument('<id>'), async (session, [id = '']) => {
      await printWebhook(session, await (await session.client()).updateWebhook({ id, active }));
    });
  }
  const replay = group
    .command('replay')
    .description('deliver again what follows a cursor')
    .argument('<id>')
    .requiredOption('--after <cursor>', "a cursor of the log (juara events, juara watch); '' is the first event");
  leaf<{ after: string }>(cli, replay, async (session, [id = ''], { after }) => {
    await printWebhook(session, await (await session.client()).replayWebhook(id, after));
  });
  const rotate = group
    .command('rotate')
    .description('another secret, shown this once')
    .argument('<id>')
    .option('--overlap-hours <n>', 'how long the old secret signs too, 0 to 168', whole, 24);
  leaf<{ overlapHours: number }>(cli, rotate, async (session, [id = ''], { overlapHours }) => {
    const rotated = await (await session.client()).rotateWebhookSecret(id, { overlapHours });
    if (session.json) return void (await session.data(rotated));
    session.note(`${rotated.webhook.name}: the old secret signs for ${overlapHours} h; the new one is not shown again:`);
    await session.line(rotated.secret);
  });
}

function addUpdate(group: Command, cli: Cli): void {
  const command = group
    .command('update')
    .description('change its name, address or filter')
    .argument('<id>')
    .option('--name <name>')
    // --url is the server's.
    .option('--to <url>', 'the new address')
    .option('--type <type>', 'only these; may be repeated', collect)
    .option('--all-types', 'every event')
    .option('--model <name>', 'only events of this model')
    .option('--all-models', 'events of every model, and of none');
  leaf<UpdateOptions>(cli, command, async (session, [id = ''], options) => {
    const changes = changesFrom(options);
    if (Object.keys(changes).length === 0) throw usage('name at least one thing to change; `juara webhook update --help` lists them');
    await printWebhook(session, await (await session.client()).updateWebhook({ id, ...changes }));
  });
}

function changesFrom({ name, to, type, allTypes, model, allModels }: UpdateOptions): Omit<UpdateWebhookInput, 'id'> {
  if (allTypes === true && type !== undefined) throw usage('--type and --all-types contradict each other');
  if (allModels === true && model !== undefined) throw usage('--model and --all-models contradict each other');
  return {
    ...(name === undefined ? {} : { name }),
    ...(to === undefined ? {} : { url: to }),
    ...(allTypes === true ? { types: null } : type === undefined ? {} : { types: type }),
    ...(allModels === true ? { model: null } : model === undefined ? {} : { model }),
  };
}
