import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { JuaraClientError } from '../client.js';
import { collect, whole } from '../collect.js';
import { NONE, shortened, time } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import { table } from '../table.js';
import { printWebhook, webhookState } from '../webhookText.js';
import { addWebhookChanges } from './webhookChanges.js';

export function addWebhook(program: Command, cli: Cli): void {
  const group = program.command('webhook').description('where events are sent to; takes ADMIN');
  addCreate(group, cli);
  addViews(group, cli);
  addWebhookChanges(group, cli);
}

interface CreateOptions {
  readonly type?: readonly string[];
  readonly model?: string;
  readonly after?: string;
}

function addCreate(group: Command, cli: Cli): void {
  const command = group
    .command('create')
    .description('send events to a URL; the secret that signs them is shown this once')
    .argument('<name>')
    .argument('<url>')
    .option('--type <type>', 'only these, e.g. PROMOTED; may be repeated', collect)
    .option('--model <name>', 'only events of this model')
    .option('--after <cursor>', "begin behind this cursor; '' is the first event; otherwise from now on");
  leaf<CreateOptions>(cli, command, async (session, [name = '', url = ''], { type, model, after }) => {
    const created = await (await session.client()).createWebhook({
      name,
      url,
      ...(type === undefined ? {} : { types: type }),
      ...(model === undefined ? {} : { model }),
      ...(after === undefined ? {} : { after }),
    });
    if (session.json) return void (await session.data(created));
    session.note(`${created.webhook.name} has the id ${created.webhook.id}; the secret is not shown again:`);
    await session.line(created.secret);
  });
}

function addViews(group: Command, cli: Cli): void {
  leaf(cli, group.command('list').description('all webhooks, without their secrets'), async (session) => {
    const hooks = await (await session.client()).getWebhooks();
    if (session.json) return void (await session.data(hooks));
    const rows = hooks.map((h) => [h.id, h.name, webhookState(h), String(h.seq), h.url]);
    await session.line(await table(['ID', 'NAME', 'STATE', 'SEQ', 'URL'], rows, [3]));
  });
  leaf(cli, group.command('show').description('all of one webhook').argument('<id>'), async (session, [id = '']) => {
    const hook = await (await session.client()).getWebhook(id);
    await printWebhook(session, hook ?? missing(id));
  });
  const deliveries = group
    .command('deliveries')
    .description('what was sent to it and what became of it, latest event first')
    .argument('<id>')
    .option('--after <cursor>', 'the next page')
    .option('--limit <n>', 'at most so many', whole, 20);
  leaf<{ after?: string; limit: number }>(cli, deliveries, async (session, [id = ''], { after, limit }) => {
    const page = await (await session.client()).getWebhookDeliveries(id, { first: limit, after: after ?? null });
    if (page === null) missing(id);
    if (session.json) return void (await session.data(page));
    const rows = page.nodes.map((d) => [
      String(d.seq),
      d.status.toLowerCase(),
      String(d.attempts),
      d.responseStatus === null ? NONE : String(d.responseStatus),
      time(d.lastAttemptAt),
      time(d.nextAttemptAt),
      shortened(d.error, 80),
    ]);
    await session.line(await table(['SEQ', 'STATUS', 'ATTEMPTS', 'ANSWER', 'LAST', 'NEXT', 'ERROR'], rows, [0, 2, 3]));
    if (page.pageInfo.hasNextPage) session.note(`more: --after ${page.pageInfo.endCursor}`);
  });
}

function missing(id: string): never {
  if (id === '') throw usage('name the webhook by its id; `juara webhook list` shows them');
  throw new JuaraClientError('WEBHOOK_NOT_FOUND', `there is no webhook ${id}; \`juara webhook list\` shows them`);
}
